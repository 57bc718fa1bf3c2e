using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.Processes;

/// <summary>
/// Puts a process in the place of every server that is declared to run as one, before anything looks at the app model, and passes on to
/// the declared server what becomes of it.
/// </summary>
internal sealed class ServerProcesses(
    DistributedApplicationModel model,
    ServerData data,
    RunningServers running,
    ServerPreparation preparation,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IServiceProvider services,
    IHostApplicationLifetime lifetime
) : IDistributedApplicationEventingSubscriber
{
    public Task SubscribeAsync(
        IDistributedApplicationEventing eventing,
        DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken
    )
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
        return Task.CompletedTask;
    }

    private ServerProcess Replace(ContainerResource declared, IServerProgram program)
    {
        var process = new ServerProcess(declared, program) { Container = ContainerDeclaration.TakeFrom(declared, program) };
        foreach (var endpoint in declared.Annotations.OfType<EndpointAnnotation>())
        {
            // The process listens where it is reached: nothing stands between it and its clients.
            var port = data.IsIsolated ? null : endpoint.Port;
            (endpoint.IsProxied, endpoint.Port, endpoint.TargetPort, endpoint.TargetHost) = (false, port, port, "127.0.0.1");
        }

        declared.Annotations.Add(new HttpsCertificateAnnotation { UseDeveloperCertificate = false });
        model.Resources[model.Resources.IndexOf(declared)] = process;
        return process;
    }

    private void Follow(ServerProcess process, IDistributedApplicationEventing eventing)
    {
        var children = model.Resources.OfType<IResourceWithParent>().Where(child => IsPartOf(child, process.Declared)).ToList();
        eventing.Subscribe<InitializeResourceEvent>(process, (_, _) =>
        {
            ServerCommands.EndServerBeforeStops(process);
            _ = WatchAsync(process, children, lifetime.ApplicationStopping);
            return Task.CompletedTask;
        });
        eventing.Subscribe<BeforeResourceStartedEvent>(process, (_, token) => preparation.PrepareAsync(process, token));
        new DeclaredServerEvents(process.Declared, children, eventing, notifications, loggers, services).Forward(process);
    }

    private static bool IsPartOf(IResource resource, IResource server) =>
        resource is IResourceWithParent { Parent: var parent } and not (ContainerResource or ExecutableResource or ProjectResource)
        && (parent == server || IsPartOf(parent, server));

    // A child such as a database has no life of its own: it is in its server's state. Aspire sees to that for containers alone.
    private async Task WatchAsync(ServerProcess process, List<IResourceWithParent> children, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                if (change.Resource != process)
                {
                    continue;
                }

                running.See(process, change.Snapshot);
                foreach (var child in children)
                {
                    await notifications
                        .PublishUpdateAsync(child, shown =>
                            shown with
                            {
                                State = change.Snapshot.State?.Text,
                                StartTimeStamp = change.Snapshot.StartTimeStamp,
                                StopTimeStamp = change.Snapshot.StopTimeStamp,
                            }
                        )
                        .ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run ends.
        }
    }
}
