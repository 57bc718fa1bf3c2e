using AspireDeploy.Targets.Docker;

namespace AspireDeploy.Targets.Swarm;

/// <summary>Docker Swarm in the declaration.</summary>
/// <param name="name">The resource's name, which is its folder's.</param>
public sealed class SwarmTargetResource(string name) : TargetResource(name)
{
    /// <summary>What was chosen of it.</summary>
    public SwarmOptions Options { get; internal set; } = new() { Name = name };

    /// <inheritdoc />
    public override ITarget Target => new SwarmTarget(Options);

    /// <inheritdoc />
    public override ScriptedDeployment? Deployment => DockerSettings.Deployment;
}
