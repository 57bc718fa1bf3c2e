using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy;

/// <summary>Between which numbers a project's replicas follow the load, as <see cref="Aspire.Hosting.AutoscalingBuilderExtensions.WithAutoscaling"/> declares it.</summary>
/// <param name="scale">The numbers, and by which load.</param>
public sealed class AutoscalingAnnotation(Scale scale) : IResourceAnnotation
{
    /// <summary>The numbers, and by which load.</summary>
    public Scale Scale { get; } = scale;
}
