using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Plan;

namespace AspireDeploy;

/// <summary>Declares autoscaling.</summary>
public static class AutoscaleBuilderExtensions
{
    /// <summary>Lets the number of replicas follow the load where it is deployed. Locally <paramref name="min"/> run; it takes the place of <c>WithReplicas</c>.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The project.</param>
    /// <param name="min">At least this many.</param>
    /// <param name="max">At most this many.</param>
    /// <param name="cpuPercent">The average use of requested processor time, in percent, above which replicas are added; 70 if neither measure is given.</param>
    /// <param name="concurrentRequests">The HTTP requests at once a replica should serve, above which replicas are added; no measure if null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">The minimum is under 1 or over the maximum, or a measure is out of its range.</exception>
    public static IResourceBuilder<T> WithAutoscale<T>(this IResourceBuilder<T> builder, int min, int max, int? cpuPercent = null, int? concurrentRequests = null) where T : ProjectResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var scale = new Scale(min, max) { CpuPercent = cpuPercent ?? (concurrentRequests is null ? 70 : null), ConcurrentRequests = concurrentRequests };
        var errors = new List<PlanError>();
        WorkloadValidation.CheckScale(errors, builder.Resource.Name, scale);
        DeclarationMistake.ThrowFirst(errors);
        return builder.WithConcept(new AutoscaleAnnotation(scale)).WithAnnotation(new ReplicaAnnotation(min), ResourceAnnotationMutationBehavior.Replace);
    }
}
