using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Plan;

namespace AspireDeploy;

/// <summary>Between which numbers a project's replicas follow the load, as <see cref="AutoscaleBuilderExtensions.WithAutoscale"/> declares it.</summary>
/// <param name="scale">The numbers, and by which load.</param>
public sealed class AutoscaleAnnotation(Scale scale) : IResourceAnnotation
{
    /// <summary>The numbers, and by which load.</summary>
    public Scale Scale { get; } = scale;
}
