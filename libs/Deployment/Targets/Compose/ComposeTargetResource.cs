using AspireDeploy.Targets.Docker;

namespace AspireDeploy.Targets.Compose;

/// <summary>Docker Compose in the declaration.</summary>
/// <param name="name">The resource's name, which is its folder's.</param>
public sealed class ComposeTargetResource(string name) : TargetResource(name)
{
    /// <summary>What was chosen of it.</summary>
    public ComposeOptions Options { get; internal set; } = new() { Name = name };

    /// <inheritdoc />
    public override ITarget Target => new ComposeTarget(Options);

    /// <inheritdoc />
    public override ScriptedDeployment? Deployment => DockerSettings.Deployment;
}
