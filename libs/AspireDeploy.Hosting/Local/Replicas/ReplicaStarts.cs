using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;

namespace AspireDeploy.Local.Replicas;

/// <summary>
/// Has the replicas of a resource start one after another, whoever starts them. Aspire 13.6 evaluates a resource's environment once for all
/// its replicas, and forgets it at every start: replicas that start at the same time lose variables. What a replica waits for, it waits for
/// beside the others.
/// </summary>
internal sealed class ReplicaStarts(ResourceNotificationService notifications)
{
    // Of the command that is carried out: the event doesn't say for which replica it is.
    private readonly AsyncLocal<Turn?> _commanded = new();

    /// <summary>Has the replicas of a resource take turns.</summary>
    internal void TakeTurns(IResource resource, IDistributedApplicationEventing eventing)
    {
        var gate = new SemaphoreSlim(1, 1);
        // By then the resource has its commands, and the orchestrator, which does the waiting, has subscribed.
        eventing.Subscribe<InitializeResourceEvent>(resource, (_, _) =>
        {
            foreach (var command in resource.Annotations.OfType<ResourceCommandAnnotation>().Where(IsLifecycle).ToList())
            {
                resource.Annotations.Remove(command);
                resource.Annotations.Add(InTurn(command, gate));
            }

            eventing.Subscribe<BeforeResourceStartedEvent>(resource, (_, token) =>
                _commanded.Value?.BeginAsync(token) ?? Task.CompletedTask
            );
            return Task.CompletedTask;
        });
    }

    private static bool IsLifecycle(ResourceCommandAnnotation command) =>
        command.Name == KnownResourceCommands.StartCommand
        || command.Name == KnownResourceCommands.StopCommand
        || command.Name == KnownResourceCommands.RestartCommand;

    private ResourceCommandAnnotation InTurn(ResourceCommandAnnotation command, SemaphoreSlim gate) =>
        new(
            command.Name,
            command.DisplayName,
            command.UpdateState,
            async context =>
            {
                // A command on the resource as a whole reaches the replicas that are only there to be scaled up to, too.
                if (notifications.TryGetCurrentState(context.ResourceName, out var replica) && replica.Snapshot.IsHidden)
                    return CommandResults.Success();
                using var turn = new Turn(gate);
                _commanded.Value = turn;
                return await command.ExecuteCommand(context).ConfigureAwait(false);
            },
            command.DisplayDescription,
            arguments: null,
            command.ConfirmationMessage,
            command.IconName,
            command.IconVariant,
            command.IsHighlighted
        );

    /// <summary>One replica's turn, from when it has waited for everything until it has been created.</summary>
    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        private int _holds;

        internal async Task BeginAsync(CancellationToken cancellationToken)
        {
            if (Volatile.Read(ref _holds) != 0)
                return;
            await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _holds, 1);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _holds, 0) != 0)
                gate.Release();
        }
    }
}
