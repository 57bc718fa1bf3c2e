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
    private Task _allocated = Task.CompletedTask;

    public bool Runs(IResource resource) => resource is ProjectResource or ExecutableResource or ContainerResource;

    public bool IsIndependent(IResource resource) => resource.Annotations.Any(annotation => annotation is ProcessBackingAnnotation or IndependentStartAnnotation);

    public Task StartAsync(IReadOnlyList<IResource> resources, Func<string, Instance?> find, CancellationToken cancellationToken)
    {
        endpoints.AllocateOwn(resources);
        return _allocated = AllocateProxiedAsync(resources, find, cancellationToken);
    }

    public async Task StartAsync(Instance instance, CancellationToken cancellationToken)
    {
        // Once it is asked for it is created, so that a stop that comes meanwhile finds it, and has something to stop.
        if (IsContainer(instance.Resource))
        {
            var client = await server.StartAsync(cancellationToken).ConfigureAwait(false);
            var container = await containers.ForAsync(instance, client, cancellationToken).ConfigureAwait(false);
            await client.CreateAsync(container, CancellationToken.None).ConfigureAwait(false);
            observation.FollowLog<Container>(client, instance, container.Metadata.Name);
        }
        else
        {
            var executable = await executables.ForAsync(instance, _allocated, cancellationToken).ConfigureAwait(false);
            var client = await server.StartAsync(CancellationToken.None).ConfigureAwait(false);
            await client.CreateAsync(executable, CancellationToken.None).ConfigureAwait(false);
            observation.FollowLog<Executable>(client, instance, executable.Metadata.Name);
        }
    }

    public async Task StopAsync(Instance instance, CancellationToken cancellationToken)
    {
        if (instance.ObjectName is not { } name)
        {
            return;
        }

        var client = await server.StartAsync(cancellationToken).ConfigureAwait(false);
        if (IsContainer(instance.Resource))
        {
            await client.StopAsync<Container>(name, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (instance.Resource.Annotations.OfType<ProcessBackingAnnotation>().LastOrDefault()?.BeforeStop is { } ask)
        {
            await ask(cancellationToken).ConfigureAwait(false);
        }

        await client.StopAsync<Executable>(name, cancellationToken).ConfigureAwait(false);
    }

    public async Task StopAsync(bool nothingRuns, CancellationToken cancellationToken)
    {
        await observation.EndAsync().ConfigureAwait(false);
        // Containers share a network, and leave themselves behind: DCP removes both.
        await server.StopAsync(nothingRuns && !containers.AreUsed, cancellationToken).ConfigureAwait(false);
    }

    private async Task AllocateProxiedAsync(IReadOnlyList<IResource> resources, Func<string, Instance?> find, CancellationToken cancellationToken)
    {
        var client = await server.StartAsync(cancellationToken).ConfigureAwait(false);
        observation.Begin(client, find);
        await EndpointAllocation.AllocateProxiedAsync(client, resources, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsContainer(IResource resource) => resource is ContainerResource && !resource.Annotations.OfType<ProcessBackingAnnotation>().Any();
}
