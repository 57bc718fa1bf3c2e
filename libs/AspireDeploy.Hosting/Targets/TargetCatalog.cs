using AspireDeploy.Targets.Azure;
using AspireDeploy.Targets.Compose;
using AspireDeploy.Targets.Kubernetes;
using AspireDeploy.Targets.Nomad;
using AspireDeploy.Targets.Swarm;

namespace AspireDeploy.Targets;

/// <summary>Every target there is, as it is without any choice made: what the page of concepts and targets is made from.</summary>
internal static class TargetCatalog
{
    /// <summary>Gets all of them, from one machine to many.</summary>
    public static IReadOnlyList<ITarget> All { get; } =
    [new ComposeTarget(), new SwarmTarget(), new KubernetesTarget(), new NomadTarget(), new AzureContainerAppsTarget()];
}
