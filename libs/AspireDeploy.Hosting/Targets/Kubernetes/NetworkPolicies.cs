using AspireDeploy.Model;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>
/// Describes who may talk to whom: nobody to anybody, but for what the plan's references say.
/// (https://kubernetes.io/docs/concepts/services-networking/network-policies/)
/// </summary>
internal sealed class NetworkPolicies(DeploymentPlan plan, KubernetesOptions options, KubernetesFile file)
{
    private readonly ILookup<string, Link> _from = Links.Find(plan).ToLookup(static link => link.From, StringComparer.Ordinal);
    private readonly ILookup<string, Link> _to = Links.Find(plan).ToLookup(static link => link.To, StringComparer.Ordinal);

    /// <summary>Returns the policy that holds for all pods of the namespace.</summary>
    internal PublishedFile DenyAll() =>
        file.Write(
            "",
            "network-policy",
            "networking.k8s.io/v1 NetworkPolicy",
            KubernetesNames.DenyAll,
            new YamlMap
            {
                {
                    "spec",
                    new YamlMap
                    {
                        { "podSelector", new YamlMap() },
                        {
                            "policyTypes",
                            new YamlList(["Ingress", "Egress"]) { Flow = true }
                        },
                    }
                },
            },
            "Nobody talks to anybody, but for what the other policies allow."
        );

    /// <summary>
    /// Returns the policy by which an authority may ask for the proof that the host is one's own; null where no certificate is asked for
    /// that way.
    /// </summary>
    internal PublishedFile? Challenge()
    {
        if (plan.Gateway is not { IsHttps: true } gateway || options.Ingress is not { CertificateSecret: null, ClusterIssuer: not null })
            return null;
        var spec = new YamlMap
        {
            {
                "podSelector",
                new YamlMap
                {
                    {
                        "matchLabels",
                        new YamlMap
                        {
                            {
                                "acme.cert-manager.io/http01-solver",
                                new YamlText("true") { Quoted = true }
                            },
                        }
                    },
                }
            },
            {
                "policyTypes",
                new YamlList(["Ingress"]) { Flow = true }
            },
            {
                "ingress",
                new YamlList
                {
                    new YamlMap
                    {
                        {
                            "ports",
                            new YamlList { Tcp(8089) }
                        },
                    },
                }
            },
        };
        return file.Write(
            gateway.Label,
            "network-policy",
            "networking.k8s.io/v1 NetworkPolicy",
            $"{gateway.Label}.challenge",
            new YamlMap { { "spec", spec } },
            "cert-manager proves by a pod of its own that the host is ours. (https://cert-manager.io/docs/configuration/acme/http01/)"
        );
    }

    internal PublishedFile Write(Workload workload)
    {
        var (ingress, egress) = (Ingress(workload), Egress(workload));
        var spec = new YamlMap
        {
            {
                "podSelector",
                new YamlMap { { "matchLabels", file.Selector(workload.Label) } }
            },
            {
                "policyTypes",
                new YamlList(["Ingress", "Egress"]) { Flow = true }
            },
            { "ingress", ingress.Count == 0 ? null : ingress },
            { "egress", egress.Count == 0 ? null : egress },
        };
        return file.Write(
            workload.Label,
            "network-policy",
            "networking.k8s.io/v1 NetworkPolicy",
            workload.Label,
            new YamlMap { { "spec", spec } },
            $"Who may reach {workload.Name}, and whom it may reach."
        );
    }

    private YamlList Ingress(Workload workload)
    {
        var list = new YamlList();
        foreach (var group in _to[workload.Name].GroupBy(static link => link.Port))
        {
            var port = workload.PortNamed(group.Key);
            var peers = new YamlList();
            foreach (var from in group.Where(link => link.From != plan.Gateway?.Name))
                peers.Add(PodsOf(from.From));
            if (peers.Count > 0)
                list.Add(
                    new YamlMap
                    {
                        { "from", peers },
                        {
                            "ports",
                            new YamlList { PortOf(port) }
                        },
                    }
                );
            if (group.Any(link => link.From == plan.Gateway?.Name))
            {
                var controller = options.Ingress.ControllerNamespace is { } name
                    ? new YamlList { new YamlMap { { "namespaceSelector", NamespaceNamed(name) } } }
                    : null;
                list.Add(
                    new YamlMap
                    {
                        { "from", controller },
                        {
                            "ports",
                            new YamlList { PortOf(port) }
                        },
                    }
                );
            }
        }
        if (PeersOf(workload) is { Count: > 0 } own)
            list.Add(
                new YamlMap
                {
                    {
                        "from",
                        new YamlList { PodsOf(workload.Name) }
                    },
                    { "ports", own },
                }
            );
        var external = new YamlList();
        foreach (var port in workload.Ports.Where(static port => port.External))
            external.Add(PortOf(port));
        if (external.Count > 0)
            list.Add(new YamlMap { { "ports", external } });
        return list;
    }

    private YamlList Egress(Workload workload)
    {
        var list = new YamlList();
        foreach (var group in _from[workload.Name].GroupBy(static link => link.To))
        {
            var ports = new YamlList();
            foreach (var link in group)
                ports.Add(PortOf(plan.WorkloadNamed(group.Key).PortNamed(link.Port)));
            list.Add(
                new YamlMap
                {
                    {
                        "to",
                        new YamlList { PodsOf(group.Key) }
                    },
                    { "ports", ports },
                }
            );
        }
        if (PeersOf(workload) is { Count: > 0 } own)
            list.Add(
                new YamlMap
                {
                    {
                        "to",
                        new YamlList { PodsOf(workload.Name) }
                    },
                    { "ports", own },
                }
            );
        // The API server's address is the cluster's own affair. A policy counts for the port that it listens on itself: a managed one's,
        // kubeadm's (and k3s's and kind's), minikube's or MicroK8s's.
        if (!workload.Dependencies.IsEmpty)
            list.Add(
                new YamlMap
                {
                    {
                        "ports",
                        new YamlList { Tcp(443), Tcp(6443), Tcp(8443), Tcp(16443) }
                    },
                }
            );
        if (workload.Outbound)
        {
            list.Add(
                new YamlMap
                {
                    {
                        "to",
                        new YamlList { Everywhere("0.0.0.0/0", "169.254.169.254/32"), Everywhere("::/0", "fd00:ec2::254/128") }
                    },
                }
            );
        }
        if (list.Count > 0)
        {
            var dns = new YamlMap
            {
                { "namespaceSelector", NamespaceNamed("kube-system") },
                {
                    "podSelector",
                    new YamlMap
                    {
                        {
                            "matchLabels",
                            new YamlMap { { "k8s-app", "kube-dns" } }
                        },
                    }
                },
            };
            list.Add(
                new YamlMap
                {
                    {
                        "to",
                        new YamlList { dns }
                    },
                    {
                        "ports",
                        new YamlList
                        {
                            new YamlMap { { "port", 53 }, { "protocol", "UDP" } },
                            Tcp(53),
                        }
                    },
                }
            );
        }
        return list;
    }

    // What isn't HTTP and nobody refers to is for the replicas among themselves, as an Orleans cluster's silos have it.
    private YamlList PeersOf(Workload workload)
    {
        var ports = new YamlList();
        if (workload.Image is not BuiltImage || workload.IsJob)
            return ports;
        foreach (
            var port in workload.Ports.Where(port =>
                port is { IsHttp: false, External: false } && !_to[workload.Name].Any(link => link.Port == port.Name)
            )
        )
            ports.Add(PortOf(port));
        return ports;
    }

    private YamlMap PodsOf(string workload) =>
        new()
        {
            {
                "podSelector",
                new YamlMap { { "matchLabels", file.Selector(plan.WorkloadNamed(workload).Label) } }
            },
        };

    private static YamlMap NamespaceNamed(string name) =>
        new()
        {
            {
                "matchLabels",
                new YamlMap { { "kubernetes.io/metadata.name", name } }
            },
        };

    // Where clouds hand a machine's own credentials to whoever asks.
    private static YamlMap Everywhere(string cidr, string metadata) =>
        new()
        {
            {
                "ipBlock",
                new YamlMap
                {
                    { "cidr", cidr },
                    {
                        "except",
                        new YamlList([metadata]) { Flow = true }
                    },
                }
            },
        };

    private static YamlMap PortOf(Port port) => new() { { "port", port.Number }, { "protocol", ServiceObject.Protocol(port) } };

    private static YamlMap Tcp(int port) => new() { { "port", port }, { "protocol", "TCP" } };
}
