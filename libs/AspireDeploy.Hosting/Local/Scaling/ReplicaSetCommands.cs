using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Replicas;

namespace AspireDeploy.Local.Scaling;

/// <summary>Gives all replicas together the commands that each has: what <c>aspire resource NAME COMMAND</c> does.</summary>
internal sealed class ReplicaSetCommands(
    ReplicaRegistry registry,
    ReplicaCommands single,
    ScaledReplicas scaled,
    RollingRestart rolling,
    ResourceCommandService commands
)
{
    internal void AddTo(ReplicaSet set)
    {
        foreach (var command in set.Replicated.Annotations.OfType<ResourceCommandAnnotation>().ToList())
        {
            set.Annotations.Add(
                command.Name == ScaleCommand.Name
                    ? ScaleByName.Command(set.Replicated, scaled)
                    : new(
                        command.Name,
                        command.DisplayName,
                        static _ => ResourceCommandState.Enabled,
                        context => ExecuteAsync(set.Replicated, command.Name, context),
                        command.DisplayDescription,
                        command.Arguments,
                        confirmationMessage: null,
                        command.IconName,
                        command.IconVariant,
                        command.IsHighlighted,
                        validateArguments: command.ValidateArguments
                    )
            );
        }
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(IResource resource, string command, ExecuteCommandContext context)
    {
        Func<IResource, CancellationToken, Task>? whole =
            command == RollingRestartCommand.Name ? rolling.RunAsync
            : command == KnownResourceCommands.StartCommand ? StartAsync
            : command == KnownResourceCommands.StopCommand ? StopAsync
            : command == KnownResourceCommands.RestartCommand ? RestartAsync
            : null;
        if (whole is null)
            return await OnEachAsync(resource, command, context).ConfigureAwait(false);
        await whole(resource, context.CancellationToken).ConfigureAwait(false);
        return CommandResults.Success();
    }

    private async Task StartAsync(IResource resource, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(resource, cancellationToken).ConfigureAwait(false);
        foreach (
            var replica in registry
                .Of(resource)
                .Take(scaled.WantedOf(resource))
                .Where(replica => !replica.IsRunning && replica.State != KnownResourceStates.Starting)
        )
        {
            await single.StartAsync(replica.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task StopAsync(IResource resource, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(resource, cancellationToken).ConfigureAwait(false);
        await StopRunningAsync(resource, cancellationToken).ConfigureAwait(false);
    }

    private async Task RestartAsync(IResource resource, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(resource, cancellationToken).ConfigureAwait(false);
        foreach (var stopped in await StopRunningAsync(resource, cancellationToken).ConfigureAwait(false))
        {
            await single.StartAsync(stopped.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<ReplicaFacts>> StopRunningAsync(IResource resource, CancellationToken cancellationToken)
    {
        List<ReplicaFacts> running =
        [
            .. registry
                .Of(resource)
                .Where(replica =>
                    replica.State != KnownResourceStates.NotStarted && !KnownResourceStates.TerminalStates.Contains(replica.State)
                ),
        ];
        await Task.WhenAll(running.Select(replica => single.StopAsync(replica.Id, cancellationToken))).ConfigureAwait(false);
        return running;
    }

    private async Task<ExecuteCommandResult> OnEachAsync(IResource resource, string command, ExecuteCommandContext context)
    {
        var results = await Task.WhenAll(
                registry
                    .Of(resource)
                    .Where(replica => replica.IsRunning)
                    .Select(replica => commands.ExecuteCommandAsync(replica.Id, command, context.Arguments, context.CancellationToken))
            )
            .ConfigureAwait(false);
        return results.FirstOrDefault(result => !result.Success)
            ?? results.FirstOrDefault()
            ?? CommandResults.Failure($"No replica of {resource.Name} runs.");
    }

    private async Task<Turn> TakeTurnAsync(IResource resource, CancellationToken cancellationToken)
    {
        var gate = scaled.GateOf(resource);
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new(gate);
    }

    private readonly record struct Turn(SemaphoreSlim Gate) : IDisposable
    {
        public void Dispose() => Gate.Release();
    }
}
