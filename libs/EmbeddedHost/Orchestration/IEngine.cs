using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>What runs instances: DCP.</summary>
internal interface IEngine
{
    /// <summary>Whether the engine is what runs a resource.</summary>
    bool Runs(IResource resource);

    /// <summary>Whether a resource can be started while the endpoints of others have no addresses yet.</summary>
    bool IsIndependent(IResource resource);

    /// <summary>
    /// Starts the engine itself, and gives the endpoints of resources their addresses. When the call returns, those of independent resources have them; when the
    /// task has ended, all have.
    /// </summary>
    /// <param name="resources">All that it will run.</param>
    /// <param name="find">Finds an instance by the name of its process or container.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DistributedApplicationException">It can't be started, or a wanted port is taken; the message says why, or by whom.</exception>
    Task StartAsync(IReadOnlyList<IResource> resources, Func<string, Instance?> find, CancellationToken cancellationToken);

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
