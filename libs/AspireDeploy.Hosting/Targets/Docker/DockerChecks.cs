using System.Text.RegularExpressions;
using AspireDeploy.Model;

namespace AspireDeploy.Targets.Docker;

/// <summary>Describes what must hold of a plan for Docker alone.</summary>
internal static partial class DockerChecks
{
    /// <summary>Returns the volume with the gateway's certificates.</summary>
    internal static string CertificatesOf(PublicGateway gateway) => $"{gateway.Label}-certificates";

    /// <summary>
    /// Returns the variables that hold a secret under a name that isn't the same in a file of variables, or can't name a secret. Compose
    /// ends a name at a colon, and refuses most other signs.
    /// (https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax)
    /// </summary>
    internal static IEnumerable<PlanError> SecretNames(DeploymentPlan plan) =>
        from workload in plan.Workloads
        from variable in workload.Environment
        where variable.HoldsSecret && variable.SecretAs is not FileNamedByVariable && !SecretName().IsMatch(variable.Name)
        let nested = variable.Name.Replace(":", "__", StringComparison.Ordinal)
        select new PlanError(
            $"{workload.Name}.env.{variable.Name}",
            $"holds a secret, and \"{variable.Name}\" is no name that Docker takes one by; "
                + (SecretName().IsMatch(nested) ? $"write {nested}, which .NET reads the same" : "name it with letters, digits and _")
        );

    /// <summary>Returns the secrets that would have one file.</summary>
    internal static IEnumerable<PlanError> SecretFiles(DeploymentPlan plan)
    {
        foreach (var workload in plan.Workloads)
        {
            var variables = Secrets.UndeliverableOf(workload).IsEmpty ? null : DockerFiles.EnvironmentFile(workload);
            foreach (
                var group in Secrets.FilesOf(workload).GroupBy(secret => DockerFiles.SecretPath(workload, secret), StringComparer.Ordinal)
            )
            {
                var path = $"{workload.Name}.secretFiles.{group.Last().Path}";
                if (group.Count() > 1)
                    yield return new(path, $"becomes \"{group.Key}\", as {group.First().Path} does; rename one");
                else if (group.Key == variables)
                    yield return new(path, $"becomes \"{group.Key}\", as the file with the variables of {workload.Name} does; rename it");
            }
        }
    }

    /// <summary>
    /// Returns the servers of which several would write one volume, and each takes it for its own. What else shares one, such as uploads,
    /// is its owner's to know.
    /// </summary>
    internal static IEnumerable<PlanError> Data(DeploymentPlan plan) =>
        from workload in plan.Workloads
        where workload is { IsStateful: true, Scale.Minimum: > 1 }
        where workload.Image is ImageReference image && WellKnownImages.Find(image) is { Outbound: false }
        let volume = workload.Mounts.First(static mount => !mount.ReadOnly).Volume
        select new PlanError(
            $"{workload.Name}.replicas",
            $"{workload.Scale.Minimum} replicas can't share \"{volume}\", which one process owns; run one, or keep the data in a "
                + "service of its own"
        );

    /// <summary>Returns two networks of one name.</summary>
    internal static IEnumerable<PlanError> Networks(DeploymentPlan plan) =>
        DockerNetworks
            .Create(plan)
            .GroupBy(static network => network.Name, StringComparer.Ordinal)
            .Where(static group => group.Count() > 1)
            .Select(static group => new PlanError(
                $"{group.Key}.name",
                $"is the name of another service's network too; rename {group.Key}"
            ));

    /// <summary>Returns a volume that has the name of the gateway's own.</summary>
    internal static IEnumerable<PlanError> GatewayVolume(DeploymentPlan plan)
    {
        if (
            plan.Gateway is { } gateway
            && plan.Volumes.Any(volume => volume.Name.Equals(CertificatesOf(gateway), StringComparison.OrdinalIgnoreCase))
        )
            yield return new($"{CertificatesOf(gateway)}.name", "is the name of the volume with the gateway's certificates; rename yours");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();
}
