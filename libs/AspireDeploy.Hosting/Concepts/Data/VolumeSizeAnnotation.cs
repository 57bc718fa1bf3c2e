using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy;

/// <summary>
/// Describes how much storage a resource's volumes ask for, as <see cref="Aspire.Hosting.VolumeSizeBuilderExtensions.WithVolumeSize"/>
/// declares it.
/// </summary>
/// <param name="size">The amount, for each.</param>
internal sealed class VolumeSizeAnnotation(Size size) : IResourceAnnotation
{
    /// <summary>Gets the amount, for each.</summary>
    internal Size Size { get; } = size;
}
