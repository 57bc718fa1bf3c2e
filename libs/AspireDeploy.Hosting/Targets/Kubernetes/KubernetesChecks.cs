using System.Text;
using System.Text.RegularExpressions;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>Describes what Kubernetes alone can't write of a sound plan.</summary>
internal static partial class KubernetesChecks
{
    private static readonly string[] FoldersOfItsOwn = ["secrets", "override", VolumeClaims.Folder];
    private static readonly string[] VolumesOfItsOwn = [PodSecrets.VolumeName, PodFiles.VolumeName, PodWaits.TokenVolumeName];

    internal static List<PlanError> Check(DeploymentPlan plan, KubernetesOptions options)
    {
        var (errors, claims, environment) = (new List<PlanError>(), new VolumeClaims(plan, options), new ContainerEnvironment(new(plan)));
        CheckOptions(errors, plan, options);
        errors.AddRange(PlainSettings.Check(plan));
        errors.AddRange(SecretsScript.Check(plan));
        foreach (var workload in plan.Workloads)
        {
            CheckName(errors, workload, claims);
            CheckPorts(errors, workload);
            CheckEnvironment(errors, workload, environment);
            CheckFiles(errors, workload);
            if (workload.Scale is { IsAutomatic: true, CpuPercent: { } percent } && workload.Cpu is null)
                errors.Add(
                    new(
                        $"{workload.Name}.autoscale.cpu",
                        $"{percent} % of what? An autoscaler measures by what was requested; declare .WithCpu(request)"
                    )
                );
        }
        CheckServiceNames(errors, plan);
        CheckVolumes(errors, plan, claims, options);
        if (plan.Gateway is { } gateway)
            CheckGateway(errors, gateway);
        return errors;
    }

    private static void CheckOptions(List<PlanError> errors, DeploymentPlan plan, KubernetesOptions options)
    {
        var name = KubernetesFile.NamespaceOf(plan, options);
        if (!DnsLabel.IsValid(name))
            errors.Add(
                new(
                    $"{options.Name}.namespace",
                    $"\"{name}\" is not a namespace: at most {DnsLabel.Longest} lower-case letters, digits and hyphens; "
                        + ".WithNamespace(\"shop\")"
                )
            );
    }

    private static void CheckName(List<PlanError> errors, Workload workload, VolumeClaims claims)
    {
        var longest =
            workload.IsJob ? KubernetesNames.LongestJob
            : claims.IsStatefulSet(workload) ? KubernetesNames.LongestStatefulSet
            : DnsLabel.Longest;
        if (workload.Ports.Any(static port => port.External))
            longest = Math.Min(longest, DnsLabel.Longest - "-external".Length);
        if (workload.Label.Length > longest)
            errors.Add(
                new(
                    $"{workload.Name}.name",
                    $"has {workload.Label.Length} characters, and "
                        + $"{(workload.IsJob ? "a Job" : claims.IsStatefulSet(workload) ? "a StatefulSet" : "its Service")} may "
                        + $"have {longest}; give it a shorter one"
                )
            );
        CheckFolder(errors, workload.Name, workload.Label);
    }

    private static void CheckFolder(List<PlanError> errors, string name, string label)
    {
        if (FoldersOfItsOwn.Contains(label))
            errors.Add(new($"{name}.name", $"is the name of a folder that is beside it; rename {name}"));
    }

    private static void CheckPorts(List<PlanError> errors, Workload workload)
    {
        foreach (var port in workload.Ports.Where(static port => !DnsLabel.IsValid(DnsLabel.From(port.Name))))
            errors.Add(
                new(
                    $"{workload.Name}.ports.{port.Name}",
                    $"\"{port.Name}\" is no name for a Service's port: at most {DnsLabel.Longest} letters, digits and hyphens"
                )
            );
        foreach (var group in workload.Ports.GroupBy(static port => DnsLabel.From(port.Name)).Where(static group => group.Count() > 1))
            errors.Add(
                new($"{workload.Name}.ports.{group.Last().Name}", $"becomes \"{group.Key}\", as {group.First().Name} does; rename one")
            );
        foreach (
            var group in workload
                .Ports.Where(static port => port.External)
                .GroupBy(static port => (Number: port.ExternalNumber ?? port.Number, port.Protocol))
                .Where(static group => group.Count() > 1)
        )
            errors.Add(
                new(
                    $"{workload.Name}.ports.{group.Last().Name}.external",
                    $"{group.Key.Number} is the port of {group.First().Name} outside already"
                )
            );
    }

    private static void CheckEnvironment(List<PlanError> errors, Workload workload, ContainerEnvironment environment)
    {
        foreach (var variable in workload.Environment)
        {
            if (!Variable().IsMatch(variable.Name))
                errors.Add(
                    new(
                        $"{workload.Name}.env.{variable.Name}",
                        $"\"{variable.Name}\" is no name for a variable there: printable ASCII without ="
                    )
                );
            if (variable.Name.StartsWith("PARAMETER_", StringComparison.Ordinal))
                errors.Add(new($"{workload.Name}.env.{variable.Name}", "begins as the variables do that hold parameters; rename it"));
        }
        foreach (var (place, parameter) in environment.Encoded(workload))
            errors.Add(
                new(
                    $"{workload.Name}.{place}",
                    $"needs the parameter {parameter} percent-encoded, which the kubelet can't; make {parameter} a secret, which "
                        + "./secrets.sh encodes"
                )
            );
        foreach (var (key, _) in PodSecrets.KeysOf(workload).Where(static key => !KubernetesNames.IsKey(key.Key)))
            errors.Add(
                new($"{workload.Name}.secrets.{key}", $"\"{key}\" is no key for a Secret: letters, digits, dots, hyphens and underscores")
            );
        foreach (var group in PodSecrets.KeysOf(workload).GroupBy(static key => key.Key).Where(static group => group.Count() > 1))
            errors.Add(new($"{workload.Name}.secrets.{group.Key}", "is the name of two of its secrets; rename one"));
    }

    private static void CheckFiles(List<PlanError> errors, Workload workload)
    {
        var bytes = workload.Files.Sum(static file => (long)Encoding.UTF8.GetByteCount(file.Content));
        if (bytes > PodFiles.MostBytes)
            errors.Add(
                new(
                    $"{workload.Name}.files",
                    $"are {bytes} bytes, and a ConfigMap holds {PodFiles.MostBytes}; put them into the image, or on a volume"
                )
            );
    }

    private static void CheckServiceNames(List<PlanError> errors, DeploymentPlan plan)
    {
        var labels = plan.Workloads.Select(static workload => workload.Label).ToHashSet(StringComparer.Ordinal);
        foreach (
            var workload in plan.Workloads.Where(workload =>
                workload.Ports.Any(static port => port.External) && labels.Contains(KubernetesNames.ExternalServiceOf(workload))
            )
        )
            errors.Add(
                new(
                    $"{KubernetesNames.ExternalServiceOf(workload)}.name",
                    $"is the name of {workload.Name}'s Service for the outside; rename one"
                )
            );
    }

    private static void CheckVolumes(List<PlanError> errors, DeploymentPlan plan, VolumeClaims claims, KubernetesOptions options)
    {
        foreach (var volume in plan.Volumes)
        {
            var label = DnsLabel.From(volume.Name);
            if (!DnsLabel.IsValid(label))
                errors.Add(
                    new(
                        $"{volume.Name}.name",
                        $"\"{volume.Name}\" is no name for a claim: at most {DnsLabel.Longest} letters, digits and hyphens"
                    )
                );
            if (VolumesOfItsOwn.Contains(label) || label.StartsWith("scratch-", StringComparison.Ordinal))
                errors.Add(new($"{volume.Name}.name", $"\"{label}\" is a volume that pods have anyway; rename it"));
            if (options.SharedStorageClass is not null || !claims.IsShared(volume.Name))
                continue;
            var users = claims.UsersOf(volume.Name);
            errors.Add(
                users.Count == 1
                    ? new(
                        $"{users[0].Name}.replicas",
                        $"{users[0].Scale.Maximum} replicas can't share \"{volume.Name}\", which one node mounts at a time "
                            + "(ReadWriteOnce); run one, or name a storage class that many mount: .WithStorageClass(shared: \"NAME\")"
                    )
                    : new(
                        $"{users[^1].Name}.mounts.{users[^1].Mounts.First(mount => mount.Volume == volume.Name).Path}",
                        $"\"{volume.Name}\" is {users[0].Name}'s too, and one node mounts it at a time (ReadWriteOnce); give each "
                            + "its own, or name a storage class that many mount: .WithStorageClass(shared: \"NAME\")"
                    )
            );
        }
        foreach (var group in plan.Volumes.GroupBy(static volume => DnsLabel.From(volume.Name)).Where(static group => group.Count() > 1))
            errors.Add(new($"{group.Last().Name}.name", $"becomes \"{group.Key}\", as {group.First().Name} does; rename one"));
    }

    private static void CheckGateway(List<PlanError> errors, PublicGateway gateway)
    {
        CheckFolder(errors, gateway.Name, gateway.Label);
        if (gateway.Host.AsLiteral is null && gateway.Host.Parts is not [ParameterReference { Encoding: ValueEncoding.None }])
            errors.Add(
                new(
                    $"{gateway.Name}.host",
                    $"\"{gateway.Host}\" is composed, and an Ingress takes a whole name; make the whole host one parameter"
                )
            );
        if (gateway.HttpPort != 80)
            errors.Add(
                new(
                    $"{gateway.Name}.httpPort",
                    $"{gateway.HttpPort} can't be chosen, since an Ingress is served on its controller's ports; leave it 80"
                )
            );
        if (!gateway.IsHttps)
            return;
        if (gateway.HttpsPort != 443)
            errors.Add(
                new(
                    $"{gateway.Name}.httpsPort",
                    $"{gateway.HttpsPort} can't be chosen, since an Ingress is served on its controller's ports; leave it 443"
                )
            );
    }

    // Since Kubernetes 1.34, which is the oldest that is published for.
    // (https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/)
    [GeneratedRegex(@"\A[ -<>-~]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
