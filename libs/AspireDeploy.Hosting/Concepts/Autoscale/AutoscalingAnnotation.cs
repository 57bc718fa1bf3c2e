using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy;

/// <summary>
/// Between which numbers a project's replicas follow the load, as <see cref="Aspire.Hosting.AutoscalingBuilderExtensions.WithAutoscaling"/>
/// declares it.
/// </summary>
public sealed class AutoscalingAnnotation : IResourceAnnotation
{
    internal AutoscalingAnnotation(Scale scale) => Scale = scale;

    /// <summary>Gets how many replicas there are at least.</summary>
    public int MinReplicas => Scale.Minimum;

    /// <summary>Gets how many replicas there are at most.</summary>
    public int MaxReplicas => Scale.Maximum;

    /// <summary>Gets the processor use, in percent of the request, that is aimed at; null if it doesn't count.</summary>
    public int? CpuPercent => Scale.CpuPercent;

    /// <summary>Gets the requests at once for each replica that are aimed at; null if they don't count.</summary>
    public int? ConcurrentRequests => Scale.ConcurrentRequests;

    internal Scale Scale { get; }
}
