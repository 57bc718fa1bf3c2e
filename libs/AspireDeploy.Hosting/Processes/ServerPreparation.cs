using System.Collections.Concurrent;
using System.ComponentModel;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Tools;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Processes;

/// <summary>Sees to a server's program, data and configuration before each of its starts.</summary>
internal sealed class ServerPreparation(
    DistributedApplicationOptions options,
    DistributedApplicationExecutionContext execution,
    ServerData data,
    ResourceLoggerService loggers,
    ILogger<ServerPreparation> terminal
)
{
    private readonly ConcurrentDictionary<ServerProcess, bool> _told = new();

    /// <summary>Prepares a server, and gives its process the command to start.</summary>
    /// <exception cref="DistributedApplicationException">It can't start; the message is one line.</exception>
    public async Task PrepareAsync(ServerProcess process, CancellationToken cancellationToken)
    {
        try
        {
            await TellUnappliedAsync(process, cancellationToken).ConfigureAwait(false);
            Apply(process, await CommandAsync(process, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception failure)
            when (failure is DistributedApplicationException or IOException or UnauthorizedAccessException or Win32Exception)
        {
            // Aspire writes it to the resource's log.
            terminal.LogError("{Server} can't start: {Reason}", process.Name, failure.Message);
            throw new ServerFailure(failure.Message);
        }
    }

    private async Task<ProcessCommand> CommandAsync(ServerProcess process, CancellationToken cancellationToken)
    {
        var logger = loggers.GetLogger(process);
        var port = process.Endpoint.Port!.Value;
        var start = new ServerStart(
            data.Tools,
            data.Of(process),
            port,
            await process.Container.ArgumentsAsync(execution, cancellationToken).ConfigureAwait(false),
            options.ProjectDirectory ?? Environment.CurrentDirectory,
            line => logger.LogInformation("{Line}", line)
        );
        var command = await process.Program.PrepareAsync(start, cancellationToken).ConfigureAwait(false);
        // Asked last, as that has ended what a dead run may have left listening.
        return LoopbackPort.IsFree(port)
            ? command
            : throw new DistributedApplicationException(
                $"Port {port} of '{process.Name}' is taken by another program: end that one, or declare another port."
            );
    }

    private async Task TellUnappliedAsync(ServerProcess process, CancellationToken cancellationToken)
    {
        if (
            _told.TryAdd(process, true)
            && await process.Container.UnappliedAsync(execution, data.Tools, cancellationToken).ConfigureAwait(false)
                is { Count: > 0 } phrases
        )
        {
            loggers
                .GetLogger(process)
                .LogWarning(
                    "Not applied, as '{Server}' runs as a process: {Phrases}. Start the AppHost with '--backing-services Container' "
                        + "to have that.",
                    process.Name,
                    string.Join("; ", phrases)
                );
        }
    }

    private static void Apply(ServerProcess process, ProcessCommand command)
    {
        var executable = process.Annotations.OfType<ExecutableAnnotation>().Last();
        (executable.Command, executable.WorkingDirectory) = (command.ExecutablePath, command.WorkingDirectory);
        foreach (var annotation in process.Annotations.OfType<ServerCommandAnnotation>().ToList())
        {
            annotation.RemoveFrom(process);
        }

        new ServerCommandAnnotation(command).AddTo(process);
    }
}
