using Aspire.Hosting.ApplicationModel;
using AspireDeploy;
using AspireDeploy.Model;

namespace Aspire.Hosting;

/// <summary>Declares autoscaling.</summary>
public static class AutoscalingBuilderExtensions
{
    /// <summary>
    /// Lets the number of replicas follow the load where it is deployed. Locally <paramref name="minReplicas"/> run; it takes the place of
    /// <c>WithReplicas</c>.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The project.</param>
    /// <param name="minReplicas">At least this many.</param>
    /// <param name="maxReplicas">At most this many.</param>
    /// <param name="cpuPercent">The average use of requested processor time, in percent, above which replicas are added; 70 if neither
    /// measure is given.</param>
    /// <param name="concurrentRequests">The HTTP requests at once a replica should serve, above which replicas are added; no measure if
    /// null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">The minimum is under 1 or over the maximum, or a measure is out of its
    /// range.</exception>
    public static IResourceBuilder<T> WithAutoscaling<T>(
        this IResourceBuilder<T> builder,
        int minReplicas,
        int maxReplicas,
        int? cpuPercent = null,
        int? concurrentRequests = null
    )
        where T : ProjectResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var scale = new Scale(minReplicas, maxReplicas)
        {
            CpuPercent = cpuPercent ?? (concurrentRequests is null ? 70 : null),
            ConcurrentRequests = concurrentRequests,
        };
        var errors = new List<PlanError>();
        WorkloadValidation.CheckScale(errors, builder.Resource.Name, scale);
        DeclarationMistake.ThrowFirst(errors);
        return builder
            .WithConcept(new AutoscalingAnnotation(scale))
            .WithAnnotation(new ReplicaAnnotation(minReplicas), ResourceAnnotationMutationBehavior.Replace);
    }
}
