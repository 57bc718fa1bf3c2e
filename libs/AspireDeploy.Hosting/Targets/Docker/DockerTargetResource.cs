namespace AspireDeploy.Targets.Docker;

/// <summary>A Docker engine, or a swarm of them, in the declaration.</summary>
/// <param name="name">The resource's name, which is its folder's.</param>
public abstract class DockerTargetResource(string name) : TargetResource(name)
{
    /// <summary>What was chosen of it.</summary>
    internal DockerOptions Options { get; set; } = new(name);

    /// <inheritdoc />
    internal override ScriptedDeployment Deployment => DockerSettings.Deployment;
}
