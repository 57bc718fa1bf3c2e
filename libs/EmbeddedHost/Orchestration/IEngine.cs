using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>What runs instances: DCP.</summary>
internal interface IEngine
{
    /// <summary>Whether the engine is what runs a resource.</summary>
    bool Runs(IResource resource);

    /// <summary>Starts the engine itself.</summary>
    /// <param name="find">Finds an instance by the name of its process or container.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DistributedApplicationException">It can't be started; the message says why.</exception>
    Task StartAsync(Func<string, Instance?> find, CancellationToken cancellationToken);

    /// <summary>Gives the endpoints of resources their addresses.</summary>
    Task AllocateAsync(IEnumerable<IResource> resources, CancellationToken cancellationToken);

    /// <summary>Creates the process or container of an instance whose dependencies are there.</summary>
    /// <exception cref="DistributedApplicationException">The resource's declaration can't be resolved; the message says what and where.</exception>
    Task StartAsync(Instance instance, CancellationToken cancellationToken);

    /// <summary>Asks the process or container of an instance to end; <see cref="Instance.Ended"/> tells when it has.</summary>
    Task StopAsync(Instance instance, CancellationToken cancellationToken);

    /// <summary>Ends everything that is left, and the engine.</summary>
    /// <param name="nothingRuns">Whether every instance has ended.</param>
    /// <param name="cancellationToken">Stops waiting for an orderly end.</param>
    Task StopAsync(bool nothingRuns, CancellationToken cancellationToken);
}
