using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Processes;

/// <summary>Changes the commands of a server's process.</summary>
internal static class ServerCommands
{
    private static readonly string[] Stopping = [KnownResourceCommands.StopCommand, KnownResourceCommands.RestartCommand];

    /// <summary>Has the server asked to end in its own way before Aspire's commands end its process.</summary>
    internal static void EndServerBeforeStops(ServerProcess process)
    {
        var commands = process.Annotations.OfType<ResourceCommandAnnotation>().Where(command => Stopping.Contains(command.Name));
        foreach (var command in commands.ToList())
        {
            process.Annotations.Remove(command);
            process.Annotations.Add(
                new ResourceCommandAnnotation(
                    command.Name,
                    command.DisplayName,
                    command.UpdateState,
                    async context =>
                    {
                        await process.Program.BeforeStopAsync(context.CancellationToken).ConfigureAwait(false);
                        return await command.ExecuteCommand(context).ConfigureAwait(false);
                    },
                    command.DisplayDescription,
                    arguments: null,
                    command.ConfirmationMessage,
                    command.IconName,
                    command.IconVariant,
                    command.IsHighlighted
                )
            );
        }
    }
}
