namespace AspireDeploy.Model;

/// <summary>The order in which a plan lists things: by name, ordinal, whatever order they were declared in.</summary>
internal static class PlanOrder
{
    /// <summary>Returns the same plan in order. Arguments, commands and scratch directories keep theirs.</summary>
    public static DeploymentPlan Sort(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan with
        {
            Workloads = By(plan.Workloads.Select(Sort), static workload => workload.Name),
            Volumes = By(plan.Volumes, static volume => volume.Name),
            Secrets = By(plan.Secrets, static secret => secret.Name),
            Parameters = By(plan.Parameters, static parameter => parameter.Name),
            Gateway = plan.Gateway is { } gateway ? gateway with { Routes = Sort(gateway.Routes) } : null,
        };
    }

    private static Workload Sort(Workload workload) =>
        workload with
        {
            Environment = By(workload.Environment, static variable => variable.Name),
            SecretFiles = By(workload.SecretFiles, static file => file.Path),
            Files = By(workload.Files, static file => file.Path),
            Databases = By(workload.Databases, static database => database),
            Ports = By(workload.Ports, static port => port.Name),
            Dependencies = By(workload.Dependencies, static dependency => dependency.On),
            Mounts = By(workload.Mounts, static mount => mount.Path),
            Isolation = workload.Isolation with { Capabilities = By(workload.Isolation.Capabilities, static capability => capability) },
        };

    private static EquatableArray<Route> Sort(EquatableArray<Route> routes) =>
        routes
            .OrderByDescending(static route => route.PathPrefix.Length)
            .ThenBy(static route => route.PathPrefix, StringComparer.Ordinal)
            .ToEquatableArray();

    private static EquatableArray<T> By<T>(IEnumerable<T> items, Func<T, string> name) =>
        items.OrderBy(name, StringComparer.Ordinal).ToEquatableArray();
}
