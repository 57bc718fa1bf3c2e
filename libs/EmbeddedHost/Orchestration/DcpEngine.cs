using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.BackingServices;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestration;

/// <summary>Runs instances on DCP: makes its objects of resources, and states of its objects.</summary>
internal sealed class DcpEngine(
    DcpServer server,
    EndpointAllocation endpoints,
    ExecutableLaunch executables,
    ContainerLaunch containers,
    DcpObservation observation) : IEngine
{
    private DcpClient Client => server.Client ?? throw new InvalidOperationException("DCP has not been started.");

    public bool Runs(IResource resource) => resource is ProjectResource or ExecutableResource or ContainerResource;

    public async Task StartAsync(Func<string, Instance?> find, CancellationToken cancellationToken)
    {
        var client = await server.StartAsync(cancellationToken).ConfigureAwait(false);
        observation.Begin(client, find);
    }

    public Task AllocateAsync(IEnumerable<IResource> resources, CancellationToken cancellationToken) => endpoints.AllocateAsync(Client, [.. resources], cancellationToken);

    public async Task StartAsync(Instance instance, CancellationToken cancellationToken)
    {
        // Once it is asked for it is created, so that a stop that comes meanwhile finds it, and has something to stop.
        if (IsContainer(instance.Resource))
        {
            var container = await containers.ForAsync(instance, Client, cancellationToken).ConfigureAwait(false);
            await Client.CreateAsync(container, CancellationToken.None).ConfigureAwait(false);
            observation.FollowLog<Container>(Client, instance, container.Metadata.Name);
        }
        else
        {
            var executable = await executables.ForAsync(instance, cancellationToken).ConfigureAwait(false);
            await Client.CreateAsync(executable, CancellationToken.None).ConfigureAwait(false);
            observation.FollowLog<Executable>(Client, instance, executable.Metadata.Name);
        }
    }

    public async Task StopAsync(Instance instance, CancellationToken cancellationToken)
    {
        if (instance.ObjectName is not { } name)
        {
            return;
        }

        if (IsContainer(instance.Resource))
        {
            await Client.StopAsync<Container>(name, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (instance.Resource.Annotations.OfType<ProcessBackingAnnotation>().LastOrDefault()?.BeforeStop is { } ask)
        {
            await ask(cancellationToken).ConfigureAwait(false);
        }

        await Client.StopAsync<Executable>(name, cancellationToken).ConfigureAwait(false);
    }

    public async Task StopAsync(bool nothingRuns, CancellationToken cancellationToken)
    {
        await observation.EndAsync().ConfigureAwait(false);
        // Containers share a network, and leave themselves behind: DCP removes both.
        await server.StopAsync(nothingRuns && !containers.AreUsed, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsContainer(IResource resource) => resource is ContainerResource && !resource.Annotations.OfType<ProcessBackingAnnotation>().Any();
}
