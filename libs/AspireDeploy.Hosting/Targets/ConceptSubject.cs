using AspireDeploy.Model;

namespace AspireDeploy.Targets;

/// <summary>A resource that a concept may be declared on: a workload of a plan, or its gateway.</summary>
/// <param name="Plan">The plan it is in.</param>
/// <param name="Workload">The workload; null when the subject is the gateway.</param>
internal sealed record ConceptSubject(DeploymentPlan Plan, Workload? Workload)
{
    /// <summary>Gets its name.</summary>
    public string Name => Workload?.Name ?? Plan.Gateway?.Name ?? "";

    /// <summary>Gets the gateway, when that is the subject.</summary>
    public PublicGateway? Gateway => Workload is null ? Plan.Gateway : null;

    /// <summary>Returns every subject of a plan: the gateway first, then the workloads in order.</summary>
    public static IEnumerable<ConceptSubject> AllOf(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Gateway is not null)
            yield return new(plan, null);
        foreach (var workload in plan.Workloads)
            yield return new(plan, workload);
    }
}
