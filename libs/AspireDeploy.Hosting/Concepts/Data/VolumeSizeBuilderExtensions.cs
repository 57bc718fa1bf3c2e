using Aspire.Hosting.ApplicationModel;
using AspireDeploy;
using AspireDeploy.Model;

namespace Aspire.Hosting;

/// <summary>Provides an extension method that declares how much storage a resource needs.</summary>
public static class VolumeSizeBuilderExtensions
{
    /// <summary>
    /// Sets how much storage each of the resource's volumes asks for, on targets where storage is asked for by size: Kubernetes, CSI
    /// volumes of Nomad, Azure. Defaults to 1Gi.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="size">The amount: <c>20Gi</c>.</param>
    /// <returns>The resource builder.</returns>
    /// <exception cref="DistributedApplicationException"><paramref name="size"/> isn't a size, or is none.</exception>
    /// <example>
    /// <code>
    /// builder.AddPostgres("postgres")
    ///     .WithDataVolume()
    ///     .WithVolumeSize("20Gi");
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithVolumeSize<T>(this IResourceBuilder<T> builder, string size)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!Size.TryParse(size, out var amount, out var reason))
            throw DeclarationMistake.At($"{builder.Resource.Name}.volumeSize", reason);
        if (amount.Bytes == 0)
            throw DeclarationMistake.At($"{builder.Resource.Name}.volumeSize", "a volume of no size holds nothing; write one like 20Gi");
        return builder.WithDeclarationCheck().WithAnnotation(new VolumeSizeAnnotation(amount), ResourceAnnotationMutationBehavior.Replace);
    }
}
