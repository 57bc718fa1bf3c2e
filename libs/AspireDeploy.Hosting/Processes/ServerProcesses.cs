using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using AspireDeploy.Tools;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Processes;

/// <summary>
/// Puts a process in the place of every server that is declared to run as one, before anything looks at the app model, and passes on to the declared server what becomes
/// of it.
/// </summary>
internal sealed class ServerProcesses(
    DistributedApplicationModel model,
    DistributedApplicationOptions options,
    ServerData data,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IServiceProvider services,
    IHostApplicationLifetime lifetime) : IDistributedApplicationEventingSubscriber
{
    public Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        List<ServerProcess> processes = [];
        foreach (var declared in model.Resources.OfType<ContainerResource>().ToList())
        {
            if (declared.TryGetLastAnnotation<ServerProgramAnnotation>(out var annotation))
            {
                processes.Add(Replace(declared, annotation.Program));
            }
        }

        processes.ForEach(process => Follow(process, eventing));
        // In the background: this run needs nothing of what others left.
        eventing.Subscribe<AfterResourcesCreatedEvent>((_, _) =>
        {
            _ = Task.Run(() => SweepAsync(processes), CancellationToken.None);
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    }

    private ServerProcess Replace(ContainerResource declared, IServerProgram program)
    {
        var annotations = declared.Annotations;
        var process = new ServerProcess(declared, program)
        {
            Mount = annotations.OfType<ContainerMountAnnotation>().FirstOrDefault(mount => program.IsDataPath(mount.Target)),
            ContainerArguments = [.. annotations.OfType<CommandLineArgsCallbackAnnotation>()],
        };
        foreach (var annotation in annotations.Where(IsOfContainer).ToList())
        {
            annotations.Remove(annotation);
        }

        foreach (var endpoint in annotations.OfType<EndpointAnnotation>())
        {
            // The process listens where it is reached: nothing stands between it and its clients.
            (endpoint.IsProxied, endpoint.TargetPort, endpoint.TargetHost) = (false, endpoint.Port, "127.0.0.1");
            if (data.IsIsolated)
            {
                (endpoint.Port, endpoint.TargetPort) = (null, null);
            }
        }

        annotations.Add(new HttpsCertificateAnnotation { UseDeveloperCertificate = false });
        model.Resources[model.Resources.IndexOf(declared)] = process;
        return process;
    }

    // What is meant for the image: its name, its entrypoint's variables and arguments, its files.
    private static bool IsOfContainer(IResourceAnnotation annotation) => annotation
        is ContainerImageAnnotation or ContainerMountAnnotation or ContainerLifetimeAnnotation or ContainerNameAnnotation or ContainerRuntimeArgsCallbackAnnotation
        or ContainerFileSystemCallbackAnnotation or EnvironmentCallbackAnnotation or CommandLineArgsCallbackAnnotation
        or CertificateTrustConfigurationCallbackAnnotation or HttpsCertificateConfigurationCallbackAnnotation;

    private void Follow(ServerProcess process, IDistributedApplicationEventing eventing)
    {
        var children = model.Resources.OfType<IResourceWithParent>().Where(child => child.Parent == process.Declared).ToList();
        eventing.Subscribe<InitializeResourceEvent>(process, (_, _) =>
        {
            EndServerBeforeStops(process);
            _ = ShowOnAsync(process, children, lifetime.ApplicationStopping);
            return Task.CompletedTask;
        });
        eventing.Subscribe<BeforeResourceStartedEvent>(process, (_, token) => PrepareAsync(process, token));
        new DeclaredServerEvents(process.Declared, services).Forward(process, children, eventing);
    }

    private async Task PrepareAsync(ServerProcess process, CancellationToken cancellationToken)
    {
        var logger = loggers.GetLogger(process);
        try
        {
            var start = new ServerStart(
                data.Tools, data.Of(process), process.Endpoint.Port!.Value, await ArgumentsAsync(process, cancellationToken).ConfigureAwait(false),
                options.ProjectDirectory ?? Environment.CurrentDirectory, line => logger.LogInformation("{Line}", line));
            var command = await process.Program.PrepareAsync(start, cancellationToken).ConfigureAwait(false);
            Apply(process, command);
        }
        catch (DistributedApplicationException failure)
        {
            logger.LogError("{Reason}", failure.Message);
            throw;
        }
    }

    private async Task<IReadOnlyList<string>> ArgumentsAsync(ServerProcess process, CancellationToken cancellationToken)
    {
        List<object> arguments = [];
        var context = new CommandLineArgsCallbackContext(arguments, process, cancellationToken)
        {
            ExecutionContext = new(new DistributedApplicationExecutionContextOptions(DistributedApplicationOperation.Run) { Services = services }),
        };
        foreach (var callback in process.ContainerArguments)
        {
            await callback.Callback(context).ConfigureAwait(false);
        }

        List<string> values = [];
        foreach (var argument in arguments)
        {
            values.Add(argument is IValueProvider provider ? await provider.GetValueAsync(cancellationToken).ConfigureAwait(false) ?? "" : argument.ToString() ?? "");
        }

        return values;
    }

    private static void Apply(ServerProcess process, ProcessCommand command)
    {
        var executable = process.Annotations.OfType<ExecutableAnnotation>().Last();
        (executable.Command, executable.WorkingDirectory) = (command.ExecutablePath, command.WorkingDirectory);
        foreach (var annotation in process.Annotations.Where(annotation => annotation is CommandLineArgsCallbackAnnotation or EnvironmentCallbackAnnotation).ToList())
        {
            process.Annotations.Remove(annotation);
        }

        process.Annotations.Add(new CommandLineArgsCallbackAnnotation(arguments =>
        {
            foreach (var argument in command.Arguments)
            {
                arguments.Add(argument);
            }
        }));
        process.Annotations.Add(new EnvironmentCallbackAnnotation(variables =>
        {
            foreach (var (name, value) in command.Environment)
            {
                variables[name] = value;
            }
        }));
    }

    // A child such as a database has no life of its own: it is in its server's state. Aspire sees to that for containers alone.
    private async Task ShowOnAsync(ServerProcess process, List<IResourceWithParent> children, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var child in change.Resource == process ? children : [])
                {
                    await notifications.PublishUpdateAsync(child, shown => shown with
                    {
                        State = change.Snapshot.State?.Text,
                        StartTimeStamp = change.Snapshot.StartTimeStamp,
                        StopTimeStamp = change.Snapshot.StopTimeStamp,
                    }).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run ends.
        }
    }

    private static void EndServerBeforeStops(ServerProcess process)
    {
        var stops = process.Annotations.OfType<ResourceCommandAnnotation>()
            .Where(command => command.Name == KnownResourceCommands.StopCommand || command.Name == KnownResourceCommands.RestartCommand).ToList();
        foreach (var command in stops)
        {
            process.Annotations.Remove(command);
            process.Annotations.Add(new ResourceCommandAnnotation(
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
                command.IsHighlighted));
        }
    }

    private async Task SweepAsync(List<ServerProcess> processes)
    {
        List<IServerProgram> kinds = [.. processes.Select(process => process.Program).DistinctBy(program => program.GetType())];
        await DataDirectory.SweepAsync(data.Tools, async directory =>
        {
            foreach (var kind in kinds)
            {
                await kind.RemoveAbandonedAsync(data.Tools, directory, lifetime.ApplicationStopping).ConfigureAwait(false);
            }
        }).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
