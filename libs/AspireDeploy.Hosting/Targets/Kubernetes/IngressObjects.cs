using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>
/// The gateway: an Ingress that a controller of the cluster serves. Routes that need an annotation of their own, for a stripped prefix or
/// TLS towards the service, get an Ingress of their own, since annotations count for all paths of one.
/// </summary>
internal sealed class IngressObjects(DeploymentPlan plan, KubernetesOptions options, KubernetesFile file)
{
    internal IEnumerable<PublishedFile> Write()
    {
        if (plan.Gateway is not { } gateway)
            yield break;
        var groups = gateway
            .Routes.GroupBy(NeedsOf)
            .OrderBy(static group => group.Key.Strip is null && group.Key is { Tls: false, Http2: false } ? 0 : 1)
            .ThenBy(static group => group.Key.Strip, StringComparer.Ordinal)
            .ToList();
        foreach (var (index, group) in groups.Index())
        {
            var suffix = index == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{index}");
            yield return Write(gateway, group.Key, [.. group], suffix, asksForCertificate: index == 0);
        }
    }

    /// <summary>Returns how many Ingresses there are; each has one rule and, with HTTPS, one certificate.</summary>
    internal static int CountOf(PublicGateway gateway, DeploymentPlan plan) =>
        gateway.Routes.Select(route => Needs(route, plan)).Distinct().Count();

    private (string? Strip, bool Tls, bool Http2) NeedsOf(Route route) => Needs(route, plan);

    private static (string? Strip, bool Tls, bool Http2) Needs(Route route, DeploymentPlan plan)
    {
        var port = plan.WorkloadNamed(route.Workload).PortNamed(route.Port);
        return (route is { StripPrefix: true, PathPrefix: not "/" } ? route.PathPrefix : null, port.Scheme == "https", port.Http2);
    }

    private PublishedFile Write(
        PublicGateway gateway,
        (string? Strip, bool Tls, bool Http2) needs,
        Route[] routes,
        string suffix,
        bool asksForCertificate
    )
    {
        var ingress = options.Ingress;
        var host = gateway.Host.AsLiteral ?? HostPlace;
        var paths = new YamlList();
        foreach (var route in routes)
            paths.Add(Path(route));
        var spec = new YamlMap
        {
            { "ingressClassName", ingress.Class },
            {
                "tls",
                gateway.IsHttps
                    ? new YamlList
                    {
                        new YamlMap { { "hosts", new YamlList([host]) }, { "secretName", ingress.SecretOf(gateway) } },
                    }
                    : null
            },
            {
                "rules",
                new YamlList
                {
                    new YamlMap
                    {
                        { "host", host },
                        {
                            "http",
                            new YamlMap { { "paths", paths } }
                        },
                    },
                }
            },
        };
        return file.Write(
            gateway.Label,
            $"ingress{suffix}",
            "networking.k8s.io/v1 Ingress",
            gateway.Label + suffix,
            new YamlMap { { "spec", spec } },
            gateway.IsHttps ? "Where requests come in and TLS ends." : "Where requests come in.",
            annotations: Annotations(gateway, needs, asksForCertificate)
        );
    }

    /// <summary>Gets what stands for a host that a person chooses, until the kustomization puts it there.</summary>
    internal const string HostPlace = "host.invalid";

    private YamlMap Annotations(PublicGateway gateway, (string? Strip, bool Tls, bool Http2) needs, bool asksForCertificate)
    {
        var ingress = options.Ingress;
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (IngressController.Find(ingress.Class) is { } controller)
        {
            if (gateway.IsHttps)
                annotations[controller.Redirect.Name] = gateway.RedirectToHttps ? "true" : "false";
            if (controller.Retry is { } retry)
                annotations[retry.Name] = retry.Value;
            foreach (var (name, value) in controller.Limits)
                annotations[name] = value;
            if (needs.Strip is { } prefix)
                annotations[controller.Strip(prefix).Name] = controller.Strip(prefix).Value;
            if (needs.Http2)
                annotations[controller.Http2.Name] = controller.Http2.Value;
            if (needs.Tls)
                annotations[controller.Tls.Name] = controller.Tls.Value;
        }
        // One of them asks; two would ask for the same certificate.
        if (gateway.IsHttps && asksForCertificate && ingress is { CertificateSecret: null, ClusterIssuer: { } issuer })
            annotations["cert-manager.io/cluster-issuer"] = issuer;
        foreach (var (name, value) in ingress.Annotations)
            annotations[name] = value;
        var map = new YamlMap();
        foreach (var (name, value) in annotations)
            map.Add(name, new YamlText(value) { Quoted = true });
        return map;
    }

    private YamlMap Path(Route route)
    {
        var workload = plan.WorkloadNamed(route.Workload);
        var stripped = route is { StripPrefix: true, PathPrefix: not "/" } ? IngressController.Find(options.Ingress.Class) : null;
        return new()
        {
            { "path", stripped?.StrippedPath(route.PathPrefix) ?? route.PathPrefix },
            { "pathType", stripped is { StripsByPattern: true } ? "ImplementationSpecific" : "Prefix" },
            {
                "backend",
                new YamlMap
                {
                    {
                        "service",
                        new YamlMap
                        {
                            { "name", workload.Label },
                            {
                                "port",
                                new YamlMap { { "number", workload.PortNamed(route.Port).Number } }
                            },
                        }
                    },
                }
            },
        };
    }
}
