using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Targets.Traefik;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Swarm;

/// <summary>
/// A plan as a stack, one file per service: Swarm knows no order, so <c>deploy.sh</c> deploys one after the other, each once what it waits
/// for is there. Together they are the stack.
/// </summary>
internal sealed class SwarmFile(DeploymentPlan plan, DockerOptions options, EquatableArray<DockerNetwork> networks)
{
    private readonly ILookup<string, DockerNetwork> _networks = DockerNetworks.ByMember(networks);
    private readonly SwarmService _service = new(plan, options, networks);

    internal PublishedFile Write(Workload workload)
    {
        var service = _service.Write(workload);
        return File(
            workload.Label,
            DockerService.Comment(workload),
            service,
            new YamlMap
            {
                {
                    "services",
                    new YamlMap { { workload.Label, service.Map } }
                },
                {
                    "networks",
                    Networks(workload.Label, options.TraefikOf(plan, workload)),
                    "Who isn't on a network can't reach what is; on an internal one nothing reaches the outside.",
                    true
                },
                { "volumes", Volumes(workload), "Data. It outlives containers, updates and ./destroy.sh.", true },
                { "configs", Configs(workload), "Files that come with the deployment.", true },
                { "secrets", SecretList(workload), "Made by ./secrets.sh; none of them is in this folder when it is published.", true },
            }
        );
    }

    internal PublishedFile WriteGateway(PublicGateway gateway)
    {
        var caddyfile = CaddyContainer.Caddyfile(plan);
        var service = _service.Write(gateway);
        return File(
            gateway.Label,
            "The gateway: ends TLS and spreads requests over the replicas, which it finds by DNS.",
            service,
            new YamlMap
            {
                {
                    "services",
                    new YamlMap { { gateway.Label, service.Map } }
                },
                { "networks", Networks(gateway.Label, null), null, true },
                {
                    "volumes",
                    new YamlMap { { DockerChecks.CertificatesOf(gateway), new YamlMap() } },
                    "Certificates and their keys.",
                    true
                },
                {
                    "configs",
                    new YamlMap
                    {
                        {
                            SwarmService.CaddyfileConfig,
                            new YamlMap
                            {
                                { "name", SwarmNames.Config(plan, $"{gateway.Label}.Caddyfile", caddyfile) },
                                { "file", $"./{SwarmService.Caddyfile}" },
                            }
                        },
                    },
                    null,
                    true
                },
            }
        );
    }

    private PublishedFile File(string label, string comment, ChangedYaml service, YamlMap content) =>
        new(
            SwarmNames.File(label),
            YamlWriter.Write(
                content,
                $"{plan.Name} {plan.Version} on Docker Swarm: {label}. {comment}\nMade by publishing: change the AppHost, not this "
                    + "file. ./deploy.sh deploys it; deployment.md says what is carried how."
            )
        )
        {
            Changes = service.Changes,
        };

    private YamlMap? Networks(string label, TraefikGateway? traefik)
    {
        var map = new YamlMap();
        foreach (var network in _networks[label])
            map.Add(network.Name, new YamlMap { { "driver", "overlay" }, { "internal", network.Internal ? true : null } });
        if (traefik is not null)
            map.Add(TraefikNetwork.Key, new YamlMap { { "name", traefik.Network }, { "external", true } });
        return map.Count == 0 ? null : map;
    }

    private static YamlMap? Volumes(Workload workload)
    {
        var map = new YamlMap();
        foreach (var name in workload.Mounts.Select(static mount => mount.Volume).Distinct())
            map.Add(name, new YamlMap());
        return map.Count == 0 ? null : map;
    }

    private YamlMap? Configs(Workload workload)
    {
        var map = new YamlMap();
        foreach (var file in workload.Files)
        {
            var key = SwarmNames.ConfigKey(workload, file);
            map.Add(
                key,
                new YamlMap
                {
                    { "name", SwarmNames.Config(plan, key, file.Content) },
                    { "file", "./" + DockerValues.Escape(DockerFiles.ContentPath(workload, file)) },
                }
            );
        }
        return map.Count == 0 ? null : map;
    }

    private YamlMap? SecretList(Workload workload)
    {
        var map = new YamlMap();
        foreach (var secret in Secrets.FilesOf(workload))
            map.Add(
                DockerFiles.SecretName(workload, secret),
                new YamlMap
                {
                    { "name", SwarmNames.Secret(plan, workload, secret) },
                    { "file", $"./secrets/mounted/{DockerFiles.SecretPath(workload, secret)}" },
                }
            );
        return map.Count == 0 ? null : map;
    }
}
