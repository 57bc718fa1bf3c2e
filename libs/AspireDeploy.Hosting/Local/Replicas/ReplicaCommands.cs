using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Local.Replicas;

/// <summary>Starts and stops single replicas, by the commands that the host gives every resource.</summary>
internal sealed class ReplicaCommands(ResourceCommandService commands)
{
    // Aspire 13.6 evaluates a resource's environment once for all its replicas, and forgets it at every start: replicas of one resource that start at the same time lose variables.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _starts = new();

    /// <exception cref="DistributedApplicationException">The host says that it can't.</exception>
    internal async Task StartAsync(string id, CancellationToken cancellationToken)
    {
        var gate = _starts.GetOrAdd(id[..id.LastIndexOf('-')], static _ => new(1, 1));
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await ExecuteAsync(id, KnownResourceCommands.StartCommand, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Stops a replica; returns when it has ended.</summary>
    /// <exception cref="DistributedApplicationException">The host says that it can't.</exception>
    internal Task StopAsync(string id, CancellationToken cancellationToken) => ExecuteAsync(id, KnownResourceCommands.StopCommand, cancellationToken);

    private async Task ExecuteAsync(string id, string command, CancellationToken cancellationToken)
    {
        var result = await commands.ExecuteCommandAsync(id, command, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (!result.Success) throw new DistributedApplicationException($"{id}: {command} failed: {result.Message}");
    }
}
