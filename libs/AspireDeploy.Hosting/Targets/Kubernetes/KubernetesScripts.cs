using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Shell;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>The scripts for someone who has the published folder and nothing else; each prints the commands that it runs.</summary>
internal static class KubernetesScripts
{
    // The labels of a namespace that this deployment has made, as kubectl prints them.
    private const string MarksPath =
        @"jsonpath={.metadata.labels.app\.kubernetes\.io/part-of} {.metadata.labels.app\.kubernetes\.io/managed-by}";

    private static string MarksOf(KubernetesFile file) => $"{file.Application} {KubernetesFile.Manager}";

    private static (string Place, string Text) Lock => ("LOCK", ScriptTemplate.Fill("Shared/lock.sh"));

    internal static IEnumerable<PublishedFile> Write(
        DeploymentPlan plan,
        KubernetesFile file,
        VolumeClaims claims,
        PodWaits waits,
        IEnumerable<PublishedFile> objects,
        KubernetesOptions options
    )
    {
        var rights = ScriptTemplate.Fill(
            "Kubernetes/rights.sh",
            ("MARKS", MarksPath),
            ("MARKED", MarksOf(file)),
            ("LEVEL", options.PodSecurityOf(plan) == PodSecurity.Restricted ? "restricted" : "baseline"),
            ("RIGHTS", string.Join(' ', RightsOf(objects)))
        );
        var order = StartOrder.Compute(plan).SelectMany(static wave => wave).Select(workload => Line(workload, claims, waits));
        var required = plan
            .Parameters.Where(static parameter => parameter.Default is null)
            .Select(static parameter => $"required {Setting.NameFor(parameter.Name)}");
        var jobs = plan.Workloads.Where(static workload => workload.IsJob).Select(workload => $"retry {waits.JobOf(workload)}");
        var isTrusted =
            plan.Gateway?.Certificate == CertificateMode.Automatic
            && options.Ingress is { CertificateSecret: null, ClusterIssuer: not null };
        var logs = $"kubectl --namespace {file.Namespace} describe ingress {plan.Gateway?.Label}, and the Ingress controller's log";
        yield return Script(
            "deploy.sh",
            plan,
            file,
            Lock,
            ("SETTINGS", SecretsScript.PlainReader),
            ("VERSION", plan.Version),
            ("RIGHTS_READ", rights),
            ("NEEDED", Needed(plan, file, claims, options)),
            ("REASONS", ScriptTemplate.Fill("Kubernetes/reasons.sh")),
            ("ASK_FUNCTION", GatewayRequest.Write(plan, PlainSettings.File, logs, isTrusted)),
            ("ASK", GatewayRequest.LineOf(plan, $"\"$(ingress_address {plan.Gateway?.Label})\"")),
            ("LABELS", $"{KubernetesFile.PartOfLabel}: {file.Application}, {KubernetesFile.ManagedByLabel}: {KubernetesFile.Manager}"),
            ("REQUIRED", string.Join('\n', required)),
            ("RETRY", string.Join('\n', jobs)),
            ("ORDER", string.Join('\n', order))
        );
        yield return Script("status.sh", plan, file);
        yield return Script(
            "destroy.sh",
            plan,
            file,
            Lock,
            ("MARKS", MarksPath),
            ("MARKED", MarksOf(file)),
            ("NAMED", string.Concat(SecretsNamed(plan, options).Select(static name => $" -e Secret/{name}"))),
            ("TIMEOUT", Durations.SecondsRoundedUp(StopTimeout.For(plan)).ToString(CultureInfo.InvariantCulture))
        );
    }

    // Secrets in the namespace that others make for this deployment.
    private static IEnumerable<string> SecretsNamed(DeploymentPlan plan, KubernetesOptions options)
    {
        if (options.PullSecret is { } pull)
            yield return pull;
        if (plan.Gateway is { IsHttps: true } gateway && options.Ingress.SecretOf(gateway) is { } certificate)
            yield return certificate;
    }

    // What the cluster must have because the target names it.
    private static string Needed(DeploymentPlan plan, KubernetesFile file, VolumeClaims claims, KubernetesOptions options)
    {
        var lines = new List<string>();
        if (plan.Gateway is not null && options.Ingress.Class is { } ingress)
            Need(
                $"IngressClass {ingress}",
                "install its controller, or name a class that there is (kubectl get ingressclass): .WithIngress(\"CLASS\")",
                $"ingressclasses.networking.k8s.io {ingress}"
            );
        if (plan.Gateway is not null && options.Ingress.ClusterIssuer is { } issuer)
            Need(
                $"ClusterIssuer {issuer}",
                "install cert-manager and make it, or name one that there is: .WithIngress(..., clusterIssuer: \"NAME\")",
                $"clusterissuers.cert-manager.io {issuer}"
            );
        foreach (
            var storage in plan
                .Volumes.Select(volume => claims.IsShared(volume.Name) ? options.SharedStorageClass : options.StorageClass)
                .OfType<string>()
                .Distinct()
        )
            Need(
                $"StorageClass {storage}",
                "have it made, or name one that there is (kubectl get storageclass): .WithStorageClass(\"NAME\")",
                $"storageclasses.storage.k8s.io {storage}"
            );
        foreach (
            var secret in new[] { options.PullSecret, plan.Gateway is null ? null : options.Ingress.CertificateSecret }.OfType<string>()
        )
            Need(
                $"Secret {secret} in the namespace {file.Namespace}",
                $"make it (kubectl --namespace {file.Namespace} create secret)",
                $"secret {secret} --namespace {file.Namespace}"
            );
        return lines.Count == 0 ? "" : ScriptTemplate.Fill("Kubernetes/needed.sh") + string.Concat(lines);

        void Need(string what, string remedy, string arguments) =>
            lines.Add($"needed {ShellText.Quote(what)} {ShellText.Quote(remedy)} {arguments}\n");
    }

    // The kinds that are written, and those that are made on the way: kubectl calls them deployments.apps.
    private static IEnumerable<string> RightsOf(IEnumerable<PublishedFile> objects) =>
        objects
            .Select(static file => file.Content.Split('\n'))
            .Select(static lines => (Version: FieldOf(lines, "apiVersion: "), Kind: FieldOf(lines, "kind: ")))
            .Where(static each => each.Kind != "Namespace")
            .Select(static each =>
                Plural(each.Kind)
                + (
                    each.Version.Contains('/', StringComparison.Ordinal)
                        ? "." + each.Version[..each.Version.IndexOf('/', StringComparison.Ordinal)]
                        : ""
                )
            )
            .Concat(["configmaps", "secrets"])
            .Distinct()
            .Order(StringComparer.Ordinal);

    private static string FieldOf(string[] lines, string field) =>
        lines.First(line => line.StartsWith(field, StringComparison.Ordinal))[field.Length..];

    private static string Plural(string kind) =>
        kind.ToLowerInvariant() switch
        {
            [.. var stem, 'y'] => $"{stem}ies",
            [.., 's'] name => $"{name}es",
            var name => $"{name}s",
        };

    private static PublishedFile Script(
        string name,
        DeploymentPlan plan,
        KubernetesFile file,
        params ReadOnlySpan<(string Place, string Text)> places
    ) =>
        new(
            name,
            ScriptTemplate.Fill(
                $"Kubernetes/{name}",
                [("NAME", plan.Name), ("NAMESPACE", file.Namespace), ("APPLICATION", file.Application), .. places]
            )
        )
        {
            Mode = PublishedFileMode.Executable,
        };

    private static string Line(Workload workload, VolumeClaims claims, PodWaits waits)
    {
        var timeout = Durations.SecondsRoundedUp(waits.TimeoutFor(workload));
        return workload.IsJob
            ? string.Create(CultureInfo.InvariantCulture, $"job {workload.Label} {waits.JobOf(workload)} {timeout}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"service {workload.Label} {(claims.IsStatefulSet(workload) ? "statefulset" : "deployment")} {timeout}"
            );
    }
}
