using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>Kubernetes in the declaration.</summary>
/// <param name="name">The resource's name, which is its folder's.</param>
public sealed class KubernetesTargetResource(string name) : TargetResource(name)
{
    /// <summary>Gets or sets what was chosen of it.</summary>
    internal KubernetesOptions Options { get; set; } = new() { Name = name };

    /// <inheritdoc />
    internal override ITarget Target => new KubernetesTarget(Options);

    /// <inheritdoc />
    internal override ScriptedDeployment Deployment => PlainSettings.Deployment with { Overrides = ["override/kustomization.yaml"] };
}
