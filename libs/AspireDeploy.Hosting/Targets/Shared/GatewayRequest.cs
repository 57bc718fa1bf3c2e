using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Writers.Shell;

namespace AspireDeploy.Targets.Shared;

/// <summary>
/// The request through the gateway by which a deployment ends: what was deployed and isn't served to anybody outside isn't deployed.
/// </summary>
internal static class GatewayRequest
{
    // What was chosen, or what it is unless chosen: as what was deployed took it. NAME DEFAULT
    private const string Variable = """
        # What was chosen in .env or the environment, as it was read for the deployment, or what it is unless chosen. NAME DEFAULT
        chosen() { if eval "[ -n \"\${$1+set}\" ]"; then eval "printf %s \"\$$1\""; else printf %s "$2"; fi; }

        """;

    private const string Line = """
        # What was chosen in settings.env, or what it is unless chosen. NAME DEFAULT
        chosen() { read_setting "$1" || printf %s "$2"; }

        """;

    private const string Doubt = """
            doubt="this may be Traefik's own 404, which it says where it has no route"
            [ "$seen" != 404 ] || say "$doubt: declare a page that answers, .WithHttpHealthCheck(\"/PATH\"), and that is asked for"

        """;

    /// <summary>Writes the function <c>ask</c> of a script; nothing where there is no gateway.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="settings">Where a host that is chosen at deployment stands.</param>
    /// <param name="logs">What a person reads when nobody is served: the gateway's log.</param>
    /// <param name="isTrusted">Whether the certificate is one that everybody trusts.</param>
    /// <param name="isShared">Whether others' routes are the gateway's too, which then answers 404 itself where it knows no route. Defaults
    /// to false.</param>
    /// <param name="host">A word of the shell that is the host, where the declaration's isn't; null: it is.</param>
    internal static string Write(
        DeploymentPlan plan,
        SettingsFile settings,
        string logs,
        bool isTrusted,
        bool isShared = false,
        string? host = null
    )
    {
        if (plan.Gateway is not { } gateway)
            return "";
        var (scheme, port, usual) = gateway.IsHttps ? ("https", gateway.HttpsPort, 443) : ("http", gateway.HttpPort, 80);
        var path = PathOf(plan, gateway);
        return ScriptTemplate.Fill(
            "Shared/ask.sh",
            ("CHOSEN", settings.IsQuoted ? Variable : Line),
            ("SETTINGS", settings.Path),
            ("HOST", host ?? string.Concat(gateway.Host.Parts.Select(part => Part(plan, part)))),
            ("SCHEME", scheme),
            ("PORT_IN_URL", port == usual ? "" : string.Create(CultureInfo.InvariantCulture, $":{port}")),
            ("PATH", ShellText.Quote(path.Known ?? path.Prefix)),
            // A certificate of an authority that was asked for it takes a while.
            ("SECONDS", gateway.Certificate == CertificateMode.Automatic ? "180" : "60"),
            ("UNKNOWN", isTrusted ? "" : "1"),
            ("PORT", port.ToString(CultureInfo.InvariantCulture)),
            // Of an application whose pages nobody declared, whatever it says itself.
            ("ACCEPTED", path.Known is null ? "0:[23]?? | 0:4??" : "0:[23]??"),
            ("LOGS", logs),
            ("DOUBT", isShared && path.Known is null ? Doubt : "")
        );
    }

    /// <summary>Returns the line that asks; nothing where there is no gateway.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="address">A word of the shell: where the gateway listens.</param>
    internal static string LineOf(DeploymentPlan plan, string address) => plan.Gateway is null ? "" : $"ask {address}\n";

    // A path that is declared to answer: a probe's, where a route leads to it.
    private static (string? Known, string Prefix) PathOf(DeploymentPlan plan, PublicGateway gateway)
    {
        foreach (var route in gateway.Routes)
        {
            var workload = plan.WorkloadNamed(route.Workload);
            if ((workload.Probes.Readiness ?? workload.Probes.Startup)?.FindHttp() is not { } probe || probe.Port != route.Port)
                continue;
            if (route.PathPrefix == "/")
                return gateway.Routes.Any(other => other != route && IsUnder(probe.Path, other.PathPrefix))
                    ? (null, "/")
                    : (probe.Path, "/");
            if (route.StripPrefix)
                return (route.PathPrefix + probe.Path, route.PathPrefix);
            if (IsUnder(probe.Path, route.PathPrefix))
                return (probe.Path, route.PathPrefix);
        }
        return (null, gateway.Routes[0].PathPrefix);
    }

    private static bool IsUnder(string path, string prefix) => path == prefix || path.StartsWith(prefix + "/", StringComparison.Ordinal);

    private static string Part(DeploymentPlan plan, TemplatePart part)
    {
        if (part is not ParameterReference reference)
            return ShellText.Quote(part is Literal literal ? literal.Text : part.ToString()!);
        var setting = Setting.For(plan.Parameters.First(parameter => parameter.Name == reference.Parameter));
        return $"$(chosen {setting.Name} {ShellText.Quote(setting.Default ?? "")})";
    }
}
