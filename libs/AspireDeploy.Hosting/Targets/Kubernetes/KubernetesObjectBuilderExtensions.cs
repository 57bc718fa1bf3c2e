using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy;

namespace Aspire.Hosting;

/// <summary>Declares changes of what is published for Kubernetes.</summary>
public static class KubernetesObjectBuilderExtensions
{
    /// <summary>
    /// Changes a resource's objects of a kind before they are written, for what the AppHost has no method for. Changes are made in the
    /// order in which they are declared, and the report lists them.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="kind">The objects' kind: <c>Deployment</c>. Where a resource has several, each is changed.</param>
    /// <param name="configure">Changes an object as its file will have it. A member that is null is taken away. It may be called more than
    /// once, each time with a new object.</param>
    /// <returns>The builder.</returns>
    /// <example>
    /// <code>
    /// builder.AddContainer("web", "example/web", "1")
    ///     .PublishAsKubernetesObject("Deployment", deployment => deployment["spec"]!["revisionHistoryLimit"] = 2);
    /// </code>
    /// </example>
    public static IResourceBuilder<T> PublishAsKubernetesObject<T>(
        this IResourceBuilder<T> builder,
        string kind,
        Action<JsonObject> configure
    )
        where T : IComputeResource
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        return builder.WithObjectChange("kubernetes", kind, nameof(PublishAsKubernetesObject), configure);
    }
}
