using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Says that the resource has to do with another.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="resource">The other resource.</param>
    /// <param name="type">In what way.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource, string type) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(type);
        return builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));
    }

    /// <summary>Says that the resource has to do with another.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="resourceBuilder">The other resource.</param>
    /// <param name="type">In what way.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder, string type)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resourceBuilder);
        return builder.WithRelationship(resourceBuilder.Resource, type);
    }

    /// <summary>Says that the resource refers to another.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="resource">The other resource.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResource resource) where T : IResource =>
        builder.WithRelationship(resource, KnownRelationshipTypes.Reference);

    /// <summary>Says that the resource refers to another.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="resourceBuilder">The other resource.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder)
        where T : IResource => builder.WithRelationship(resourceBuilder, KnownRelationshipTypes.Reference);

    /// <summary>Says that the resource refers to those that an expression is made from.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="expression">The expression.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, ReferenceExpression expression) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(expression);
        return builder.LinkTo([expression]);
    }

    /// <summary>Shows the resource below another.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="parent">The other resource.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent) where T : IResource =>
        builder.WithRelationship(parent, KnownRelationshipTypes.Parent);

    /// <summary>Shows the resource below another.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="parent">The other resource.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResource parent) where T : IResource =>
        builder.WithRelationship(parent, KnownRelationshipTypes.Parent);

    /// <summary>Shows another resource below this one.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="child">The other resource.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithChildRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> child) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        child.WithRelationship(builder.Resource, KnownRelationshipTypes.Parent);
        return builder;
    }

    /// <summary>Shows another resource below this one.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="child">The other resource.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithChildRelationship<T>(this IResourceBuilder<T> builder, IResource child) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithChildRelationship(builder.ApplicationBuilder.CreateResourceBuilder(child));
    }

    private static IResourceBuilder<T> LinkTo<T>(this IResourceBuilder<T> builder, IEnumerable<object> values) where T : IResource
    {
        foreach (var resource in ReferencedResources.Of(values))
        {
            builder.WithReferenceRelationship(resource);
        }

        return builder;
    }
}
