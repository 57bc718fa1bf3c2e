using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Pipeline;
using AspireDeploy.Targets.Compose;

namespace Aspire.Hosting;

/// <summary>Declares Docker Compose as a target.</summary>
public static class DockerComposeTargetBuilderExtensions
{
    /// <summary>Publishes the application for Docker Compose on one machine, and deploys it there.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The target's name, which is its folder's.</param>
    /// <returns>The target.</returns>
    /// <exception cref="DistributedApplicationException">The name is taken, or has capitals.</exception>
    public static IResourceBuilder<ComposeTargetResource> AddDockerComposeTarget(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name = "compose"
    ) => builder.AddTarget(new ComposeTargetResource(name));
}
