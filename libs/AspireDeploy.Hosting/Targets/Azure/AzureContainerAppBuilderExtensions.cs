using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy;

namespace Aspire.Hosting;

/// <summary>Declares changes of what is published for Azure Container Apps.</summary>
public static class AzureContainerAppBuilderExtensions
{
    /// <summary>
    /// Changes a resource's app or job before it is written, for what the AppHost has no method for. Changes are made in the order in which
    /// they are declared, and the report lists them.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="configure">Changes the app or job: the resource of the module as an object; what Bicep computes is a text
    /// <c>${EXPRESSION}</c>. A member that is null is taken away. It may be called more than once, each time with a new object.</param>
    /// <returns>The builder.</returns>
    /// <example>
    /// <code>
    /// builder.AddContainer("web", "example/web", "1").PublishAsAzureContainerApp(app => app["tags"]!["team"] = "shop");
    /// </code>
    /// </example>
    public static IResourceBuilder<T> PublishAsAzureContainerApp<T>(this IResourceBuilder<T> builder, Action<JsonObject> configure)
        where T : IComputeResource => builder.WithObjectChange("azure", "", nameof(PublishAsAzureContainerApp), configure);
}
