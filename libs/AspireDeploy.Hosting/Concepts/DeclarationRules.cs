using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy;

/// <summary>Describes what must hold between resources of a declaration, and of what Aspire's own API lets through.</summary>
internal static class DeclarationRules
{
    /// <summary>Returns everything wrong, resource by resource in the order of the declaration; empty if nothing is.</summary>
    internal static IReadOnlyList<PlanError> Check(DistributedApplicationModel model, bool isPublishing = false)
    {
        var errors = new List<PlanError>();
        var jobs = model
            .Resources.SelectMany(static resource =>
                resource
                    .Annotations.OfType<WaitAnnotation>()
                    .Where(static wait => wait.WaitType == WaitType.WaitForCompletion)
                    .Select(wait => (wait.Resource, Waiter: resource))
            )
            .ToLookup(static wait => wait.Resource, static wait => wait.Waiter);
        foreach (var resource in model.Resources)
        {
            CheckReplicas(errors, resource);
            if (
                resource.TryGetLastAnnotation<RestartPolicyAnnotation>(out var restart)
                && restart.Policy.Mode == RestartMode.Always
                && jobs[resource].FirstOrDefault() is { } waiter
            )
                errors.Add(
                    new(
                        $"{resource.Name}.restart",
                        $"{waiter.Name} waits for it to complete, and what always restarts never does; use RestartMode.OnFailure or "
                            + "RestartMode.Never"
                    )
                );
        }
        GatewayRules.Check(errors, [.. model.Resources.OfType<GatewayResource>()], isPublishing);
        return errors;
    }

    private static void CheckReplicas(List<PlanError> errors, IResource resource)
    {
        if (!resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas))
            return;
        if (replicas.Replicas < 1)
            errors.Add(new($"{resource.Name}.replicas", $"{replicas.Replicas} is too few; at least 1 runs"));
        else if (resource.TryGetLastAnnotation<AutoscalingAnnotation>(out var autoscale) && autoscale.Scale.Minimum != replicas.Replicas)
            errors.Add(
                new(
                    $"{resource.Name}.replicas",
                    $"WithReplicas({replicas.Replicas}) and WithAutoscaling({autoscale.Scale.Minimum}, {autoscale.Scale.Maximum}) "
                        + "say different things; take one away"
                )
            );
    }
}
