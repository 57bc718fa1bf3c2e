using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Local.Replicas;

/// <summary>Starts and stops single replicas, by the commands that the host gives every resource.</summary>
internal sealed class ReplicaCommands(ResourceCommandService commands)
{
    /// <summary>Starts a replica; returns when it has been created.</summary>
    /// <exception cref="DistributedApplicationException">The host says that it can't.</exception>
    internal Task StartAsync(string id, CancellationToken cancellationToken) =>
        ExecuteAsync(id, KnownResourceCommands.StartCommand, cancellationToken);

    /// <summary>Stops a replica; returns when it has ended.</summary>
    /// <exception cref="DistributedApplicationException">The host says that it can't.</exception>
    internal Task StopAsync(string id, CancellationToken cancellationToken) =>
        ExecuteAsync(id, KnownResourceCommands.StopCommand, cancellationToken);

    private async Task ExecuteAsync(string id, string command, CancellationToken cancellationToken)
    {
        var result = await commands.ExecuteCommandAsync(id, command, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (!result.Success)
            throw new DistributedApplicationException($"{id}: {command} failed: {result.Message}");
    }
}
