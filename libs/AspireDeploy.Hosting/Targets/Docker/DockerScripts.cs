using AspireDeploy.Plan;
using AspireDeploy.Shell;

namespace AspireDeploy.Targets.Docker;

/// <summary>What the scripts that deploy to Compose and to Swarm have in common.</summary>
internal static class DockerScripts
{
    /// <summary>Their beginning: where they run, what they were told, and the engine that they need.</summary>
    internal static string Begin => ScriptTemplate.Fill("Docker/deploy-begin.sh");

    /// <summary>Refuses an engine with a volume that the other kind of deployment made; nothing where the plan has no volumes.</summary>
    /// <param name="plan">The plan, by the name that it is deployed under.</param>
    /// <param name="options">What was chosen of the target.</param>
    /// <param name="label">The label by which the other kind marks what is its own.</param>
    /// <param name="kind">What people call the other kind: <c>Swarm stack</c>.</param>
    internal static string ForeignVolumes(DeploymentPlan plan, DockerOptions options, string label, string kind) => DockerScope.Volumes(plan, options).ToList() is { Count: > 0 } volumes
        ? ScriptTemplate.Fill("Docker/foreign-volumes.sh", ("VOLUMES", string.Join(' ', volumes)), ("LABEL", label), ("KIND", kind)) : "";
}
