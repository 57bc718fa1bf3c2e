namespace AspireDeploy.Model;

/// <summary>Describes how long it takes until all of a deployment has stopped.</summary>
internal static class StopTimeout
{
    /// <summary>Returns the longest time that a workload has to stop, and a minute until the engine has heard of it.</summary>
    internal static TimeSpan For(DeploymentPlan plan) =>
        plan.Workloads.Select(static workload => workload.StopGracePeriod).DefaultIfEmpty().Max() + TimeSpan.FromMinutes(1);
}
