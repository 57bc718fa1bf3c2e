using AspireDeploy.Model;

namespace AspireDeploy.Targets.Docker;

/// <summary>
/// Describes what tells the deployments on one engine apart: their names, which containers, networks and volumes have at the beginning of
/// theirs.
/// </summary>
internal static class DockerScope
{
    /// <summary>
    /// Returns the plan as a target deploys it: with secrets that the containers' start reads, and by the name that it is deployed under. A
    /// target that has a name of its own is a deployment beside the one whose target has none.
    /// </summary>
    internal static DeploymentPlan Apply(DeploymentPlan plan, ITarget target) =>
        SecretsAtStart.In(target.Name == target.Kind ? plan : plan with { Name = $"{plan.Name}-{target.Name}" });

    /// <summary>Returns what the engine calls the volumes of a deployment.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">What was chosen of the target.</param>
    internal static IEnumerable<string> Volumes(DeploymentPlan plan, DockerOptions options) =>
        plan
            .Volumes.Select(static volume => volume.Name)
            .Concat(options.OwnGateway(plan) is { } gateway ? [DockerChecks.CertificatesOf(gateway)] : [])
            .Select(volume => $"{plan.Name.ToLowerInvariant()}_{volume}");
}
