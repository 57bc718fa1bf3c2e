using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>The commands that every running resource has: start, stop, restart.</summary>
internal static class LifecycleCommands
{
    public static void AddTo(IResource resource, Func<string, CancellationToken, Task> start, Func<string, CancellationToken, Task> stop, Func<string, CancellationToken, Task> restart)
    {
        Add(resource, KnownResourceCommands.StartCommand, "Start", "Start the resource.", "Play", CanStart, start);
        Add(resource, KnownResourceCommands.StopCommand, "Stop", "Stop the resource.", "Stop", CanStop, stop);
        Add(resource, KnownResourceCommands.RestartCommand, "Restart", "Stop the resource and start it again.", "ArrowCounterclockwise", CanRestart, restart);
    }

    private static void Add(
        IResource resource,
        string name,
        string displayName,
        string description,
        string icon,
        Func<string?, ResourceCommandState> state,
        Func<string, CancellationToken, Task> execute)
    {
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().Any(command => command.Name == name))
        {
            return;
        }

        resource.Annotations.Add(new ResourceCommandAnnotation(
            name,
            displayName,
            context => state(context.ResourceSnapshot.State?.Text),
            async context =>
            {
                await execute(context.ResourceName, context.CancellationToken).ConfigureAwait(false);
                return CommandResults.Success();
            },
            description,
            parameter: null,
            confirmationMessage: null,
            iconName: icon,
            iconVariant: IconVariant.Filled,
            isHighlighted: true));
    }

    private static ResourceCommandState CanStart(string? state) =>
        IsStarting(state) || IsStopping(state) ? ResourceCommandState.Disabled
        : IsDown(state) || state == KnownResourceStates.Waiting ? ResourceCommandState.Enabled
        : ResourceCommandState.Hidden;

    private static ResourceCommandState CanStop(string? state) =>
        IsStopping(state) ? ResourceCommandState.Disabled
        : IsDown(state) || IsStarting(state) || state == KnownResourceStates.Waiting ? ResourceCommandState.Hidden
        : ResourceCommandState.Enabled;

    private static ResourceCommandState CanRestart(string? state) =>
        IsDown(state) || IsStarting(state) || IsStopping(state) || state == KnownResourceStates.Waiting ? ResourceCommandState.Disabled : ResourceCommandState.Enabled;

    private static bool IsDown(string? state) => state is null || state == KnownResourceStates.NotStarted || KnownResourceStates.TerminalStates.Contains(state);

    private static bool IsStarting(string? state) => state == KnownResourceStates.Starting || state == KnownResourceStates.Building;

    private static bool IsStopping(string? state) => state == KnownResourceStates.Stopping;
}
