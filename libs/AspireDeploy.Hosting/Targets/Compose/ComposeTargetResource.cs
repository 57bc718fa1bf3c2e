using AspireDeploy.Targets.Docker;

namespace AspireDeploy.Targets.Compose;

/// <summary>Docker Compose in the declaration.</summary>
/// <param name="name">The resource's name, which is its folder's.</param>
public sealed class ComposeTargetResource(string name) : DockerTargetResource(name)
{
    /// <inheritdoc />
    internal override ScriptedDeployment Deployment =>
        DockerSettings.Deployment with
        {
            Overrides = ["compose.override.yaml", "compose.override.yml"],
        };

    /// <inheritdoc />
    internal override ITarget Target => new ComposeTarget(Options);
}
