using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Docker;

/// <summary>The edge's routes to one workload as labels that Traefik reads. (https://doc.traefik.io/traefik/routing/providers/docker/)</summary>
internal static class TraefikLabels
{
    private const int Attempts = 5;

    /// <summary>The labels, or null when no route leads to the workload.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="workload">The workload.</param>
    /// <param name="traefik">The Traefik that reads them.</param>
    /// <param name="provider">Which of its providers does: <c>docker</c>, or <c>swarm</c> from Traefik 3 on.</param>
    internal static YamlMap? Write(DeploymentPlan plan, Workload workload, TraefikEdge traefik, string provider)
    {
        if (plan.Edge is not { } edge) return null;
        var routes = edge.Routes.Where(route => route.Workload == workload.Name).ToList();
        if (routes.Count == 0) return null;
        var host = new DockerValues(plan).Write(edge.Host);
        var labels = new YamlMap { { "traefik.enable", new YamlText("true") { Quoted = true } }, { $"traefik.{provider}.network", traefik.Network } };
        for (var i = 0; i < routes.Count; i++)
        {
            var route = routes[i];
            var name = routes.Count == 1 ? $"{plan.Name}-{workload.Label}" : string.Create(CultureInfo.InvariantCulture, $"{plan.Name}-{workload.Label}-{i}");
            var path = route.PathPrefix == "/" ? "" : $" && (Path(`{route.PathPrefix}`) || PathPrefix(`{route.PathPrefix}/`))";
            Router(labels, name, edge.IsHttps ? traefik.HttpsEntryPoint : traefik.HttpEntryPoint, $"Host(`{host}`){path}", name);
            if (edge.IsHttps) labels.Add($"traefik.http.routers.{name}.tls", new YamlText("true") { Quoted = true });
            if (edge.Certificate == CertificateMode.Automatic) labels.Add($"traefik.http.routers.{name}.tls.certresolver", traefik.CertificateResolver);
            var middlewares = Middlewares(labels, route, name);
            labels.Add($"traefik.http.routers.{name}.middlewares", middlewares);
            if (edge.IsHttps)
            {
                Router(labels, $"{name}-http", traefik.HttpEntryPoint, $"Host(`{host}`){path}", name);
                labels.Add($"traefik.http.routers.{name}-http.middlewares", edge.RedirectToHttps ? $"{name}-https" : middlewares);
                if (edge.RedirectToHttps) labels.Add($"traefik.http.middlewares.{name}-https.redirectscheme.scheme", "https");
            }
            Service(labels, workload, route, name);
        }
        return labels;
    }

    private static void Router(YamlMap labels, string router, string entryPoint, string rule, string service)
    {
        labels.Add($"traefik.http.routers.{router}.entrypoints", entryPoint);
        labels.Add($"traefik.http.routers.{router}.rule", rule);
        labels.Add($"traefik.http.routers.{router}.service", service);
    }

    // Asks another replica when one can't be connected to: Traefik learns late that a replica is gone, in a swarm after 15 seconds. What was sent is never sent again.
    // (https://doc.traefik.io/traefik/middlewares/http/retry/)
    private static string Middlewares(YamlMap labels, Route route, string name)
    {
        var retry = $"{name}-retry";
        labels.Add($"traefik.http.middlewares.{retry}.retry.attempts", Number(Attempts));
        labels.Add($"traefik.http.middlewares.{retry}.retry.initialinterval", "100ms");
        if (route is not { StripPrefix: true, PathPrefix: not "/" }) return retry;
        labels.Add($"traefik.http.middlewares.{name}-strip.stripprefix.prefixes", route.PathPrefix);
        return $"{name}-strip,{retry}";
    }

    private static void Service(YamlMap labels, Workload workload, Route route, string name)
    {
        var balancer = $"traefik.http.services.{name}.loadbalancer";
        var port = workload.PortNamed(route.Port);
        labels.Add($"{balancer}.server.port", Number(port.Number));
        if (port.Http2) labels.Add($"{balancer}.server.scheme", "h2c");
        if (workload.Probes.Readiness is not { Action: HttpProbe probe } readiness) return;
        var asked = workload.PortNamed(probe.Port);
        labels.Add($"{balancer}.healthcheck.path", DockerValues.Escape(probe.Path));
        if (asked.Number != port.Number) labels.Add($"{balancer}.healthcheck.port", Number(asked.Number));
        labels.Add($"{balancer}.healthcheck.interval", Durations.Print(readiness.Period));
        labels.Add($"{balancer}.healthcheck.timeout", Durations.Print(readiness.Timeout));
    }

    private static YamlText Number(int number) => new(number.ToString(CultureInfo.InvariantCulture)) { Quoted = true };
}
