using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts the resource once another, and the one that it lives inside, run and are healthy.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="dependency">The other resource.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">It is the resource itself, or the one that it lives inside.</exception>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency) where T : IResourceWithWaitSupport =>
        builder.Wait(dependency, WaitType.WaitUntilHealthy);

    /// <summary>Starts the resource once another, and the one that it lives inside, run and are healthy.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="dependency">The other resource.</param>
    /// <param name="waitBehavior">What it does when the other can't become available.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">It is the resource itself, or the one that it lives inside.</exception>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitType.WaitUntilHealthy, waitBehavior);

    /// <summary>Starts the resource once another, and the one that it lives inside, run.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="dependency">The other resource.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">It is the resource itself, or the one that it lives inside.</exception>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency) where T : IResourceWithWaitSupport =>
        builder.Wait(dependency, WaitType.WaitUntilStarted);

    /// <summary>Starts the resource once another, and the one that it lives inside, run.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="dependency">The other resource.</param>
    /// <param name="waitBehavior">What it does when the other can't become available.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">It is the resource itself, or the one that it lives inside.</exception>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => builder.Wait(dependency, WaitType.WaitUntilStarted, waitBehavior);

    /// <summary>Starts the resource once another has ended with an exit code.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="dependency">The other resource.</param>
    /// <param name="exitCode">The exit code.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">It is the resource itself, or the one that it lives inside.</exception>
    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dependency);
        CheckWait(builder.Resource, dependency.Resource);
        return builder
            .WithRelationship(dependency.Resource, KnownRelationshipTypes.WaitFor)
            .WithAnnotation(new WaitAnnotation(dependency.Resource, WaitType.WaitForCompletion, exitCode));
    }

    /// <summary>Leaves the start of the resource to somebody, instead of starting it with the application.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ExplicitStartupAnnotation());
    }

    private static IResourceBuilder<T> Wait<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitType type, WaitBehavior? behavior = null)
        where T : IResourceWithWaitSupport
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dependency);
        AddWaits(builder.Resource, dependency.Resource, type, behavior);
        return builder.WithRelationship(dependency.Resource, KnownRelationshipTypes.WaitFor);
    }

    private static void AddWaits(IResource resource, IResource dependency, WaitType type, WaitBehavior? behavior)
    {
        CheckWait(resource, dependency);
        if (dependency is IResourceWithParent { Parent: var parent })
        {
            AddWaits(resource, parent, type, behavior);
        }

        if (type == WaitType.WaitUntilStarted && dependency is ConnectionStringResource { ConnectionStringExpression.ValueProviders: var values })
        {
            foreach (var part in values.OfType<IResource>())
            {
                AddWaits(resource, part, type, behavior);
            }
        }

        resource.Annotations.Add(new WaitAnnotation(dependency, type) { WaitBehavior = behavior });
    }

    private static void CheckWait(IResource resource, IResource dependency)
    {
        if (resource == dependency)
        {
            throw new DistributedApplicationException($"'{resource.Name}' can't wait for itself.");
        }

        if (resource is IResourceWithParent { Parent: var parent } && parent == dependency)
        {
            throw new DistributedApplicationException($"'{resource.Name}' can't wait for '{dependency.Name}', which it lives inside.");
        }
    }
}
