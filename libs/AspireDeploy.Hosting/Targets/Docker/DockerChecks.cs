using AspireDeploy.Model;

namespace AspireDeploy.Targets.Docker;

/// <summary>What must hold of a plan for Docker alone.</summary>
internal static class DockerChecks
{
    /// <summary>The volume with the gateway's certificates.</summary>
    internal static string CertificatesOf(PublicGateway gateway) => $"{gateway.Label}-certificates";

    /// <summary>Two networks of one name.</summary>
    internal static IEnumerable<PlanError> Networks(DeploymentPlan plan) => DockerNetworks.Create(plan).GroupBy(static network => network.Name, StringComparer.Ordinal)
        .Where(static group => group.Count() > 1).Select(static group => new PlanError($"{group.Key}.name", $"is the name of another service's network too; rename {group.Key}"));

    /// <summary>A volume that has the name of the gateway's own.</summary>
    internal static IEnumerable<PlanError> GatewayVolume(DeploymentPlan plan)
    {
        if (plan.Gateway is { } gateway && plan.Volumes.Any(volume => volume.Name.Equals(CertificatesOf(gateway), StringComparison.OrdinalIgnoreCase)))
            yield return new($"{CertificatesOf(gateway)}.name", "is the name of the volume with the gateway's certificates; rename yours");
    }
}
