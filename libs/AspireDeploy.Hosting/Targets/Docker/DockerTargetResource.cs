namespace AspireDeploy.Targets.Docker;

/// <summary>A Docker engine, or a swarm of them, in the declaration.</summary>
/// <param name="name">The resource's name, which is its folder's.</param>
public abstract class DockerTargetResource(string name) : TargetResource(name)
{
    /// <summary>Gets or sets what was chosen of it.</summary>
    internal DockerOptions Options { get; set; } = new(name);
}
