namespace AspireDeploy.Targets.Kubernetes;

/// <summary>Kubernetes in the declaration.</summary>
/// <param name="name">The resource's name, which is its folder's.</param>
public sealed class KubernetesTargetResource(string name) : TargetResource(name)
{
    /// <summary>What was chosen of it.</summary>
    public KubernetesOptions Options { get; internal set; } = new() { Name = name };

    /// <inheritdoc />
    public override ITarget Target => new KubernetesTarget(Options);

    /// <inheritdoc />
    public override ScriptedDeployment? Deployment => PlainSettings.Deployment;
}
