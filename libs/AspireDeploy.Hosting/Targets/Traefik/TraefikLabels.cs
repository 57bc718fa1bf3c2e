using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Traefik;

/// <summary>
/// The gateway's routes to one workload as labels or tags that Traefik reads. (https://doc.traefik.io/traefik/routing/providers/docker/)
/// Names end with a hash of what is declared: while an update goes on, old and new replicas declare theirs side by side, and two
/// definitions of one name would be none to Traefik.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="traefik">The Traefik.</param>
/// <param name="provider">Which of its providers reads them.</param>
/// <param name="write">Writes a value as the file that it is in needs it.</param>
internal sealed class TraefikLabels(DeploymentPlan plan, TraefikGateway traefik, TraefikProvider provider, Func<Template, string> write)
{
    private const int Attempts = 5;
    private const int HashLength = 8;

    /// <summary>Returns the labels of a workload's containers.</summary>
    internal YamlMap Write(Workload workload)
    {
        var routes = RoutesOf(workload).SelectMany(static each => each.Labels).ToList();
        // One that nobody routes to would be served by its name where Traefik takes all that it sees.
        if (routes.Count == 0)
            return new YamlMap
            {
                {
                    "traefik.enable",
                    new YamlText("false") { Quoted = true }
                },
            };
        var labels = new YamlMap
        {
            {
                "traefik.enable",
                new YamlText("true") { Quoted = true }
            },
            { $"traefik.{provider.Name}.network", traefik.Network },
        };
        foreach (var (key, value) in routes)
            labels.Add(key, new YamlText(value) { Quoted = value == "true" || value.All(char.IsAsciiDigit) });
        return labels;
    }

    /// <summary>Returns the tags of one of a workload's ports, which its provider knows by itself.</summary>
    internal IReadOnlyList<string> TagsOf(Workload workload, Port port)
    {
        var routes = RoutesOf(workload).Where(each => each.Route.Port == port.Name).SelectMany(static each => each.Labels).ToList();
        return routes.Count == 0
            ? ["traefik.enable=false"]
            : ["traefik.enable=true", .. routes.Select(static label => $"{label.Key}={label.Value}")];
    }

    // The hash is of all that is declared for the workload, so names differ wherever anything does; what stands before it is for people.
    private IEnumerable<(Route Route, List<(string Key, string Value)> Labels)> RoutesOf(Workload workload)
    {
        if (plan.Gateway is not { } gateway)
            return [];
        var routes = gateway.Routes.Where(route => route.Workload == workload.Name).ToList();
        var hash = ContentHash.Long([
            plan.Name,
            "/",
            workload.Label,
            .. Named("").SelectMany(static each => each.Labels).Select(static label => $"\n{label.Key}={label.Value}"),
        ])[..HashLength];
        return Named($"-{hash}");

        IEnumerable<(Route Route, List<(string Key, string Value)> Labels)> Named(string end) =>
            routes.Select(
                (route, number) =>
                    (
                        route,
                        LabelsOf(
                            gateway,
                            workload,
                            route,
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{plan.Name}-{workload.Label}{(routes.Count == 1 ? "" : $"-{number}")}{end}"
                            )
                        )
                    )
            );
    }

    private List<(string Key, string Value)> LabelsOf(PublicGateway gateway, Workload workload, Route route, string name)
    {
        var labels = new List<(string Key, string Value)>();
        var host = write(gateway.Host);
        var rule =
            $"Host(`{host}`){(route.PathPrefix == "/" ? "" : $" && (Path(`{route.PathPrefix}`) || PathPrefix(`{route.PathPrefix}/`))")}";
        Router(labels, name, gateway.IsHttps ? traefik.HttpsEntryPoint : traefik.HttpEntryPoint, rule, name);
        if (gateway.IsHttps)
            labels.Add(($"traefik.http.routers.{name}.tls", "true"));
        if (gateway.Certificate == CertificateMode.Automatic)
            labels.Add(($"traefik.http.routers.{name}.tls.certresolver", traefik.CertificateResolver));
        var middlewares = Middlewares(labels, route, name);
        labels.Add(($"traefik.http.routers.{name}.middlewares", middlewares));
        if (gateway.IsHttps)
        {
            Router(labels, $"{name}-http", traefik.HttpEntryPoint, rule, name);
            labels.Add(($"traefik.http.routers.{name}-http.middlewares", gateway.RedirectToHttps ? $"{name}-https" : middlewares));
            if (gateway.RedirectToHttps)
            {
                labels.Add(($"traefik.http.middlewares.{name}-https.redirectscheme.scheme", "https"));
                labels.Add(($"traefik.http.middlewares.{name}-https.redirectscheme.permanent", "true"));
            }
        }
        Service(labels, workload, route, name);
        return labels;
    }

    private static void Router(List<(string Key, string Value)> labels, string router, string entryPoint, string rule, string service)
    {
        labels.Add(($"traefik.http.routers.{router}.entrypoints", entryPoint));
        labels.Add(($"traefik.http.routers.{router}.rule", rule));
        labels.Add(($"traefik.http.routers.{router}.service", service));
    }

    // Asks another replica when one can't be connected to: Traefik learns late that a replica is gone, in a swarm after 15 seconds. By
    // status it asks again only for what may be asked twice. (https://doc.traefik.io/traefik/middlewares/http/retry/)
    private string Middlewares(List<(string Key, string Value)> labels, Route route, string name)
    {
        var retry = $"{name}-retry";
        labels.Add(($"traefik.http.middlewares.{retry}.retry.attempts", Number(Attempts)));
        labels.Add(($"traefik.http.middlewares.{retry}.retry.initialinterval", "100ms"));
        if (traefik.RetriesByStatus)
            labels.Add(($"traefik.http.middlewares.{retry}.retry.status", "503"));
        if (route is not { StripPrefix: true, PathPrefix: not "/" })
            return retry;
        labels.Add(($"traefik.http.middlewares.{name}-strip.stripprefix.prefixes", route.PathPrefix));
        return $"{name}-strip,{retry}";
    }

    private void Service(List<(string Key, string Value)> labels, Workload workload, Route route, string name)
    {
        var balancer = $"traefik.http.services.{name}.loadbalancer";
        var port = workload.PortNamed(route.Port);
        if (provider.KnowsContainers)
            labels.Add(($"{balancer}.server.port", Number(port.Number)));
        if (port.Http2)
            labels.Add(($"{balancer}.server.scheme", "h2c"));
        if (!provider.CanAsk(workload, port))
            return;
        var readiness = workload.Probes.Readiness!;
        var probe = readiness.FindHttp()!;
        var asked = workload.PortNamed(probe.Port);
        labels.Add(($"{balancer}.healthcheck.path", write(probe.Path)));
        if (asked.Number != port.Number)
            labels.Add(($"{balancer}.healthcheck.port", Number(asked.Number)));
        if (asked.Http2 != port.Http2)
            labels.Add(($"{balancer}.healthcheck.scheme", asked.Http2 ? "h2c" : "http"));
        labels.Add(($"{balancer}.healthcheck.interval", Durations.Print(provider.HealthInterval(readiness))));
        labels.Add(($"{balancer}.healthcheck.timeout", Durations.Print(readiness.Timeout)));
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
