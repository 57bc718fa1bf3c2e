using Aspire.Hosting.ApplicationModel;
using AspireDeploy;

namespace Aspire.Hosting;

/// <summary>Provides an extension method to declare the user that a deployed container runs as.</summary>
public static class ContainerUserBuilderExtensions
{
    /// <summary>
    /// Sets the user that the resource's container runs as when it is deployed, without capabilities. Projects, and images that are known,
    /// have one already; any other image runs as its own, which may be root. Nothing changes on a developer's machine.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="userId">The user's number, from 1 on.</param>
    /// <param name="groupId">The number of its group, from 0 on. Defaults to the user's number.</param>
    /// <returns>The resource builder.</returns>
    /// <exception cref="DistributedApplicationException"><paramref name="userId"/> is root or negative, or <paramref name="groupId"/> is
    /// negative.</exception>
    /// <example>
    /// <code>
    /// builder.AddContainer("search", "docker.io/acme/search", "2.1")
    ///     .WithContainerUser(1000);
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithContainerUser<T>(this IResourceBuilder<T> builder, int userId, int? groupId = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var path = $"{builder.Resource.Name}.user";
        if (userId < 0)
            throw DeclarationMistake.At(path, $"{userId} is no user's number; write one from 1 on");
        if (userId == 0)
            throw DeclarationMistake.At(path, "0 is root; name another user, or leave WithContainerUser out to have the image's own");
        if (groupId < 0)
            throw DeclarationMistake.At(path, $"{groupId} is no group's number; write one from 0 on");
        return builder
            .WithDeclarationCheck()
            .WithAnnotation(new ContainerUserAnnotation(userId, groupId ?? userId), ResourceAnnotationMutationBehavior.Replace);
    }
}
