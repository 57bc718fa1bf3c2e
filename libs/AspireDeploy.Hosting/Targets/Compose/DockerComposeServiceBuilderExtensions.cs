using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy;

namespace Aspire.Hosting;

/// <summary>Declares changes of what is published for Docker Compose.</summary>
public static class DockerComposeServiceBuilderExtensions
{
    /// <summary>
    /// Changes a resource's service before it is written, for what the AppHost has no method for. Changes are made in the order in which
    /// they are declared, and the report lists them.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="configure">Changes the service: an object with the members and values that the file will have, in which a <c>$</c> that
    /// stands for itself is <c>$$</c>. A member that is null is taken away. It may be called more than once, each time with a new
    /// object.</param>
    /// <returns>The builder.</returns>
    /// <example>
    /// <code>
    /// builder.AddContainer("db", "postgres", "18").PublishAsDockerComposeService(service => service["shm_size"] = "256m");
    /// </code>
    /// </example>
    public static IResourceBuilder<T> PublishAsDockerComposeService<T>(this IResourceBuilder<T> builder, Action<JsonObject> configure)
        where T : IComputeResource => builder.WithObjectChange("compose", "", nameof(PublishAsDockerComposeService), configure);
}
