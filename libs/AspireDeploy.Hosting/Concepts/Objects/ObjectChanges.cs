using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>Declares changes of what a target writes.</summary>
internal static class ObjectChanges
{
    /// <summary>Declares one, after those that are declared already.</summary>
    /// <param name="builder">The resource whose object it is.</param>
    /// <param name="target">The kind of target: <c>compose</c>.</param>
    /// <param name="kind">Which of the resource's objects; empty where it has one.</param>
    /// <param name="method">The method that declares it.</param>
    /// <param name="change">What changes the object.</param>
    internal static IResourceBuilder<T> WithObjectChange<T>(
        this IResourceBuilder<T> builder,
        string target,
        string kind,
        string method,
        Action<JsonObject> change
    )
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(change);
        return builder
            .WithDeclarationCheck()
            .WithAnnotation(new ObjectChangeAnnotation(new(builder.Resource.Name, target, kind, method, change)));
    }
}
