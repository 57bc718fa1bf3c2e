using System.Globalization;
using System.Text;
using AspireDeploy.Model;

namespace AspireDeploy.Targets.Caddy;

/// <summary>Describes how a Caddyfile reaches what it refers to, which differs between engines.</summary>
/// <param name="Host">The host in site addresses: a name, or a placeholder of an environment variable, <c>{$GATEWAY_HOST}</c>.</param>
/// <param name="Discovery">The lines, without indent, that tell a <c>reverse_proxy</c> who serves a route: a <c>dynamic a</c> block, or
/// <c>to</c> with addresses.</param>
internal sealed record CaddyReach(string Host, Func<Route, IReadOnlyList<string>> Discovery)
{
    /// <summary>Replicas found by asking DNS for every address of one name, at most a second old.</summary>
    public static IReadOnlyList<string> ByDns(string name, int port) =>
        [
            "dynamic a {",
            $"\tname {CaddyText.Quote(name)}",
            string.Create(CultureInfo.InvariantCulture, $"\tport {port}"),
            "\trefresh 1s",
            "}",
        ];
}

/// <summary>
/// Writes a plan's gateway as a Caddyfile for Caddy 2.6 or later (https://caddyserver.com/docs/caddyfile). A request goes to the replica
/// with the fewest in flight; one that refuses a connection, or breaks it before it has answered a GET, is passed over and the request
/// asked of the next, for up to ten seconds: a replica's death isn't seen outside.
/// </summary>
internal static class Caddyfile
{
    /// <summary>Writes it.</summary>
    public static string Write(DeploymentPlan plan, CaddyReach reach)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(reach);
        var gateway = plan.Gateway ?? throw new ArgumentException("The plan has no gateway.", nameof(plan));
        var file = new StringBuilder();
        Line(file, 0, $"# The gateway of {plan.Name}. Made by publishing: change the AppHost, not this file.");
        Options(file, gateway);
        if (gateway is { IsHttps: true, RedirectToHttps: true })
        {
            var port = gateway.HttpsPort == 443 ? "" : string.Create(CultureInfo.InvariantCulture, $":{gateway.HttpsPort}");
            Line(file, 0, $"{Site("http", reach.Host, gateway.HttpPort, 80)} {{");
            Line(file, 1, $"redir https://{{host}}{port}{{uri}} 308");
            Line(file, 0, "}\n");
        }
        var sites = gateway switch
        {
            { IsHttps: true, RedirectToHttps: true } => Site("https", reach.Host, gateway.HttpsPort, 443),
            { IsHttps: true } => $"{Site("https", reach.Host, gateway.HttpsPort, 443)}, {Site("http", reach.Host, gateway.HttpPort, 80)}",
            // Without TLS any name is served: there is no certificate to name one.
            _ => string.Create(CultureInfo.InvariantCulture, $"http://:{gateway.HttpPort}"),
        };
        Line(file, 0, $"{sites} {{");
        if (gateway.Certificate == CertificateMode.Internal)
            Line(file, 1, "tls internal");
        Line(file, 1, "encode zstd gzip");
        Line(file, 1, "route {");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var route in gateway.Routes)
            Route(file, plan, route, MatcherOf(route, names), reach);
        if (gateway.Routes.All(static route => route.PathPrefix != "/"))
            Line(file, 2, "respond 404");
        Line(file, 1, "}");
        Line(file, 0, "}");
        return file.ToString();
    }

    private static void Options(StringBuilder file, PublicGateway gateway)
    {
        Line(file, 0, "{");
        if (gateway.CertificateEmail is { } email)
            Line(file, 1, $"email {CaddyText.Quote(email)}");
        Line(file, 1, string.Create(CultureInfo.InvariantCulture, $"http_port {gateway.HttpPort}"));
        Line(file, 1, string.Create(CultureInfo.InvariantCulture, $"https_port {gateway.HttpsPort}"));
        // Redirects are written out below, with the port that people outside see.
        Line(file, 1, "auto_https disable_redirects");
        // The container's own trust store is nobody's.
        Line(file, 1, "skip_install_trust");
        Line(file, 1, "grace_period 10s");
        Line(file, 0, "}\n");
    }

    // Paths differ in more than a name of theirs can tell.
    private static string MatcherOf(Route route, HashSet<string> taken)
    {
        var plain = "@" + route.PathPrefix.Trim('/').Replace('/', '-').Replace('.', '-').Replace('~', '-');
        var name = plain;
        for (var number = 2; !taken.Add(name); number++)
            name = string.Create(CultureInfo.InvariantCulture, $"{plain}-{number}");
        return name;
    }

    private static void Route(StringBuilder file, DeploymentPlan plan, Route route, string name, CaddyReach reach)
    {
        var all = route.PathPrefix == "/";
        if (!all)
            Line(file, 2, $"{name} path {CaddyText.Quote(route.PathPrefix)} {CaddyText.Quote(route.PathPrefix + "/*")}");
        Line(file, 2, all ? "handle {" : $"handle {name} {{");
        if (!all && route.StripPrefix)
            Line(file, 3, $"uri strip_prefix {CaddyText.Quote(route.PathPrefix)}");
        Line(file, 3, "reverse_proxy {");
        foreach (var line in reach.Discovery(route))
            Line(file, 4, line);
        // Going round, every client would sooner or later wait for the one that is slow: just started, or gone without a word.
        Line(file, 4, "lb_policy least_conn");
        Line(file, 4, "lb_try_duration 10s");
        Line(file, 4, "lb_try_interval 100ms");
        // A replica that failed or says it isn't ready is left alone for a while (Caddy 2.11.2 and later remember that of replicas found by
        // DNS).
        Line(file, 4, "fail_duration 5s");
        Line(file, 4, "unhealthy_status 503");
        Line(file, 4, "transport http {");
        // A dead container's address answers nothing at all; a living one's kernel accepts at once, however busy the process is.
        Line(file, 5, "dial_timeout 500ms");
        // As long as the gateway on a developer's machine lets a replica be silent: a connection to a machine that is gone never ends by
        // itself.
        Line(file, 5, "response_header_timeout 100s");
        var port = plan.WorkloadNamed(route.Workload).PortNamed(route.Port);
        // HTTP/2 without TLS, which nobody agrees on beforehand.
        if (port.Http2)
            Line(file, 5, "versions h2c 2");
        if (port.Scheme == "https")
        {
            // Inside the deployment's own network, by an address that no certificate names.
            Line(file, 5, "tls_insecure_skip_verify");
        }
        Line(file, 4, "}");
        Line(file, 3, "}");
        Line(file, 2, "}");
    }

    private static string Site(string scheme, string host, int port, int usual) =>
        port == usual ? $"{scheme}://{host}" : string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{port}");

    private static void Line(StringBuilder file, int depth, string line) => file.Append('\t', depth).Append(line).Append('\n');
}
