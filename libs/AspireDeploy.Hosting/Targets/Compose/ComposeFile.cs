using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Compose;

/// <summary>A plan as <c>compose.yaml</c>.</summary>
internal static class ComposeFile
{
    internal const string Path = "compose.yaml";

    internal static PublishedFile Write(DeploymentPlan plan, DockerOptions options, EquatableArray<DockerNetwork> networks)
    {
        var service = new ComposeService(plan, options, networks);
        var services = new YamlMap();
        var changes = new List<PublishedChange>();
        foreach (var workload in plan.Workloads)
            services.Add(
                workload.Label,
                Marked(workload.Label, service.Write(workload)),
                DockerService.Comment(workload),
                gap: services.Count > 0
            );
        if (options.OwnGateway(plan) is { } gateway)
            services.Add(
                gateway.Label,
                Marked(gateway.Label, service.Write(gateway)),
                "The only one reachable from outside: ends TLS and spreads requests over the replicas, which it finds by DNS.",
                gap: true
            );
        return new(
            Path,
            YamlWriter.Write(
                new YamlMap
                {
                    { "name", plan.Name.ToLowerInvariant() },
                    { "services", services, null, true },
                    {
                        "networks",
                        Networks(plan, networks, options),
                        "One network per service that others connect to: who isn't on it can't reach it. On an internal one nothing "
                            + "reaches the outside.",
                        true
                    },
                    { "volumes", Volumes(plan, options), "Data. It outlives containers, updates and ./destroy.sh.", true },
                    {
                        "secrets",
                        SecretList(plan),
                        "Files of mode 0600 that ./secrets.sh makes; none of them is in this folder when it is published.",
                        true
                    },
                },
                $"{plan.Name} {plan.Version} on Docker Compose. Made by publishing: change the AppHost, not this file.\n./deploy.sh "
                    + "brings it up; deployment.md says what is carried how."
            )
        )
        {
            Changes = changes.ToEquatableArray(),
        };

        YamlMap Marked(string label, ChangedYaml written)
        {
            changes.AddRange(written.Changes);
            return ServiceContent.Mark(label, written.Map);
        }
    }

    private static YamlMap? Networks(DeploymentPlan plan, EquatableArray<DockerNetwork> networks, DockerOptions options)
    {
        var map = new YamlMap();
        foreach (var network in networks)
            map.Add(network.Name, new YamlMap { { "internal", network.Internal ? true : null } });
        if (plan.Gateway is not null && options.Traefik is { } traefik)
            map.Add(TraefikNetwork.Key, new YamlMap { { "name", traefik.Network }, { "external", true } });
        return map.Count == 0 ? null : map;
    }

    private static YamlMap? Volumes(DeploymentPlan plan, DockerOptions options)
    {
        var map = new YamlMap();
        foreach (var volume in plan.Volumes)
            map.Add(volume.Name, new YamlMap());
        if (options.OwnGateway(plan) is { } gateway)
            map.Add(DockerChecks.CertificatesOf(gateway), new YamlMap());
        return map.Count == 0 ? null : map;
    }

    private static YamlMap? SecretList(DeploymentPlan plan)
    {
        var map = new YamlMap();
        foreach (var workload in plan.Workloads)
        {
            foreach (var secret in Secrets.FilesOf(workload))
                map.Add(
                    DockerFiles.SecretName(workload, secret),
                    new YamlMap { { "file", $"./secrets/mounted/{DockerFiles.SecretPath(workload, secret)}" } }
                );
        }
        return map.Count == 0 ? null : map;
    }
}
