using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Pipeline;
using AspireDeploy.Targets.Swarm;

namespace Aspire.Hosting;

/// <summary>Declares Docker Swarm as a target.</summary>
public static class DockerSwarmTargetBuilderExtensions
{
    /// <summary>Publishes the application for Docker Swarm, and deploys it there.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The target's name, which is its folder's.</param>
    /// <returns>The target.</returns>
    /// <exception cref="DistributedApplicationException">The name is taken, or has capitals.</exception>
    public static IResourceBuilder<SwarmTargetResource> AddDockerSwarmTarget(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name = "swarm"
    ) => builder.AddTarget(new SwarmTargetResource(name));
}
