using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>
/// Describes what <c>kubectl apply -k</c> reads: which files, and what is made on the way from those that a person keeps: settings,
/// secrets, the host. (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/)
/// </summary>
internal static class Kustomization
{
    internal static PublishedFile Write(DeploymentPlan plan, KubernetesFile file, IEnumerable<PublishedFile> objects)
    {
        var map = new YamlMap
        {
            { "apiVersion", "kustomize.config.k8s.io/v1beta1" },
            { "kind", "Kustomization" },
            { "namespace", file.Namespace },
            {
                "resources",
                new YamlList(
                    objects
                        .Select(static each => each.Path)
                        .Where(static path => path != KubernetesFile.NamespacePath)
                        .Order(StringComparer.Ordinal)
                ),
                null,
                true
            },
            {
                "generatorOptions",
                new YamlMap
                {
                    {
                        "labels",
                        new YamlMap
                        {
                            { KubernetesFile.PartOfLabel, file.Application },
                            { KubernetesFile.ManagedByLabel, KubernetesFile.Manager },
                        }
                    },
                },
                null,
                true
            },
            {
                "configMapGenerator",
                ConfigMaps(plan),
                "Pods are replaced when what they read changes: the name that they refer to carries a hash of it.",
                true
            },
            {
                "secretGenerator",
                SecretsOf(plan),
                "Made from files of mode 0600 that ./secrets.sh makes; none of them is in this folder when it is published.",
                true
            },
            { "replacements", Replacements(plan), "The host that was chosen.", true },
        };
        return new(
            "kustomization.yaml",
            YamlWriter.Write(
                map,
                $"{plan.Name} {plan.Version} on Kubernetes. Made by publishing: change the AppHost, not this file.\n./deploy.sh "
                    + "brings it up; deployment.md says what is carried how."
            )
        );
    }

    /// <summary>Returns a Job can't be changed in place, so what it refers to keeps its name.</summary>
    internal static YamlMap? FixedNameFor(Workload workload) => workload.IsJob ? FixedName() : null;

    private static YamlMap FixedName() => new() { { "disableNameSuffixHash", true } };

    private static YamlList? ConfigMaps(DeploymentPlan plan)
    {
        var list = new YamlList();
        if (!plan.Parameters.IsEmpty)
        {
            list.Add(
                new YamlMap
                {
                    { "name", KubernetesNames.Settings },
                    {
                        "envs",
                        new YamlList([PlainSettings.File.Path]) { Flow = true }
                    },
                }
            );
            if (plan.Workloads.Any(static workload => workload.IsJob))
                list.Add(
                    new YamlMap
                    {
                        { "name", KubernetesNames.JobSettings },
                        {
                            "envs",
                            new YamlList([PlainSettings.File.Path]) { Flow = true }
                        },
                        { "options", FixedName() },
                    }
                );
        }
        foreach (var workload in plan.Workloads)
        {
            if (PodFiles.Generator(workload) is { } files)
                list.Add(files);
        }
        return list.Count == 0 ? null : list;
    }

    private static YamlList? SecretsOf(DeploymentPlan plan)
    {
        var list = new YamlList();
        foreach (var workload in plan.Workloads)
        {
            if (PodSecrets.Generator(workload) is { } secrets)
                list.Add(secrets);
        }
        return list.Count == 0 ? null : list;
    }

    private static YamlList? Replacements(DeploymentPlan plan)
    {
        if (plan.Gateway is not { Host.Parts: [ParameterReference host] } gateway)
            return null;
        var targets = new YamlList();
        for (var i = 0; i < IngressObjects.CountOf(gateway, plan); i++)
        {
            var name = i == 0 ? gateway.Label : string.Create(CultureInfo.InvariantCulture, $"{gateway.Label}-{i}");
            targets.Add(
                new YamlMap
                {
                    {
                        "select",
                        new YamlMap { { "kind", "Ingress" }, { "name", name } }
                    },
                    { "fieldPaths", new YamlList(gateway.IsHttps ? ["spec.rules.0.host", "spec.tls.0.hosts.0"] : ["spec.rules.0.host"]) },
                }
            );
        }
        var source = new YamlMap
        {
            { "kind", "ConfigMap" },
            { "name", KubernetesNames.Settings },
            { "fieldPath", $"data.{Setting.NameFor(host.Parameter)}" },
        };
        return new()
        {
            new YamlMap { { "source", source }, { "targets", targets } },
        };
    }
}
