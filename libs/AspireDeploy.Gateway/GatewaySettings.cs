using System.Globalization;
using AspireDeploy.Gateway.Limits;
using AspireDeploy.ServiceDefaults;

namespace AspireDeploy.Gateway;

/// <summary>Describes what the gateway is told, under <c>Gateway</c> in its configuration.</summary>
/// <param name="Routes"><c>Gateway:Routes:N</c>: which paths go to which service.</param>
/// <param name="Services"><c>Gateway:Services:NAME</c>: the services, by name.</param>
/// <param name="ControlPath"><c>Gateway:Control</c>: the Unix socket on which a host tells the replicas as they come and go; null where
/// they are fixed.</param>
/// <param name="Hosts"><c>Gateway:Hosts:N</c>: the names that are served beside <c>localhost</c>; <c>*</c> for any.</param>
/// <param name="Limits"><c>Gateway:Limits</c>: what clients may cost.</param>
internal sealed record GatewaySettings(
    IReadOnlyList<RouteSettings> Routes,
    IReadOnlyDictionary<string, ServiceSettings> Services,
    string? ControlPath,
    IReadOnlyList<string> Hosts,
    RequestLimits Limits
)
{
    /// <exception cref="SettingException">A setting is missing or can't be used.</exception>
    internal static GatewaySettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Gateway");
        var services = section
            .GetSection("Services")
            .GetChildren()
            .ToDictionary(service => service.Key, ServiceSettings.From, StringComparer.OrdinalIgnoreCase);
        var routes = section.GetSection("Routes").GetChildren().Select(RouteSettings.From).ToList();
        if (routes.Count == 0)
        {
            throw new SettingException(
                "Gateway:Routes is empty; the gateway needs one at least: Gateway:Routes:0:Path and Gateway:Routes:0:Service."
            );
        }
        if (routes.Find(route => !services.ContainsKey(route.Service)) is { } lost)
        {
            throw new SettingException($"Gateway:Routes sends '{lost.Path}' to '{lost.Service}', of which Gateway:Services says nothing.");
        }
        if (routes.GroupBy(route => route.Path, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new SettingException(
                $"Gateway:Routes has '{twice.Key}' twice: to '{twice.First().Service}' and to '{twice.Last().Service}'."
            );
        }
        var hosts = section.GetSection("Hosts").GetChildren().Select(host => host.Value ?? "").ToList();
        return new(
            routes,
            services,
            section["Control"] is { Length: > 0 } control ? control : null,
            hosts,
            RequestLimits.From(section.GetSection("Limits"))
        );
    }
}

/// <summary>Describes which paths go to which service.</summary>
/// <param name="Path"><c>/</c>, or a prefix without a slash at its end.</param>
/// <param name="Service">The service's name.</param>
/// <param name="StripPrefix">Whether the prefix is taken off before the request is sent on. False by default.</param>
internal sealed record RouteSettings(string Path, string Service, bool StripPrefix)
{
    internal static RouteSettings From(IConfigurationSection section)
    {
        var path = section["Path"];
        if (path is not ['/', ..] || (path.Length > 1 && path.EndsWith('/')) || path.AsSpan().IndexOfAny('{', '}', '?') >= 0)
        {
            throw new SettingException($"{section.Path}:Path is '{path}'; it takes '/' or a prefix such as '/shop'.");
        }
        return section["Service"] is { Length: > 0 } service
            ? new(path, service, bool.TryParse(section["StripPrefix"], out var strip) && strip)
            : throw new SettingException($"{section.Path}:Service is missing; it takes the name of one of Gateway:Services.");
    }
}

/// <summary>A service behind the gateway.</summary>
/// <param name="ProbePath">What a replica is asked, by GET, to find out whether it is well; null: whether it accepts a connection.</param>
/// <param name="IsHttp2">Whether its replicas speak HTTP/2 without TLS, as gRPC services do. False by default.</param>
/// <param name="Replicas">Their addresses, where they are fixed.</param>
internal sealed record ServiceSettings(string? ProbePath, bool IsHttp2, IReadOnlyList<string> Replicas)
{
    internal static ServiceSettings From(IConfigurationSection section)
    {
        var replicas = section.GetSection("Replicas").GetChildren().Select(replica => Address(replica.Path, replica.Value)).ToList();
        var probe = section["Probe"];
        if (probe is not (null or "" or ['/', ..]))
            throw new SettingException($"{section.Path}:Probe is '{probe}'; it takes a path such as '/health'.");
        return new(string.IsNullOrEmpty(probe) ? null : probe, bool.TryParse(section["Http2"], out var http2) && http2, replicas);
    }

    private static string Address(string key, string? given) =>
        Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? given!
            : throw new SettingException(
                string.Create(CultureInfo.InvariantCulture, $"{key} is '{given}'; it takes an address such as http://localhost:5001.")
            );
}
