using AspireDeploy.Targets.Docker;

namespace AspireDeploy.Targets.Swarm;

/// <summary>Docker Swarm in the declaration.</summary>
/// <param name="name">The resource's name, which is its folder's.</param>
public sealed class SwarmTargetResource(string name) : DockerTargetResource(name)
{
    /// <inheritdoc />
    internal override ScriptedDeployment Deployment => DockerSettings.Deployment with { Overrides = ["stack.*.override.yaml"] };

    /// <inheritdoc />
    internal override ITarget Target => new SwarmTarget(Options);
}
