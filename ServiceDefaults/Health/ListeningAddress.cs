using System.Net;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.ServiceDefaults.Health;

/// <summary>Where a process with given settings listens, as seen from inside its own container or machine.</summary>
internal static class ListeningAddress
{
    private const string KestrelsOwn = "http://localhost:5000";

    /// <summary>
    /// The settings that say where: <c>--urls</c>, then <c>URLS</c>, <c>HTTP_PORTS</c> and <c>HTTPS_PORTS</c> with the prefixes that
    /// ASP.NET Core reads.
    /// </summary>
    internal static Uri FromSettings(string[] args) =>
        From(
            new ConfigurationBuilder()
                .AddEnvironmentVariables("DOTNET_")
                .AddEnvironmentVariables("ASPNETCORE_")
                .AddEnvironmentVariables()
                .AddCommandLine(args)
                .Build()
        );

    /// <summary>
    /// The address to ask: plain HTTP before HTTPS, loopback for a wildcard. <c>urls</c> wins over <c>http_ports</c> and <c>https_ports</c>
    /// (ASP.NET Core, "Configure endpoints for the Kestrel web server"); with none of them, Kestrel's own default.
    /// </summary>
    /// <exception cref="SettingException">An address isn't one that Kestrel takes.</exception>
    internal static Uri From(IConfiguration settings)
    {
        var addresses = Listed(settings["urls"]);
        if (addresses.Length == 0)
        {
            addresses =
            [
                .. Listed(settings["http_ports"]).Select(port => $"http://*:{port}"),
                .. Listed(settings["https_ports"]).Select(port => $"https://*:{port}"),
            ];
        }
        var uris = addresses.DefaultIfEmpty(KestrelsOwn).Select(AsSeenFromInside).ToArray();
        return Array.Find(uris, uri => uri.Scheme == Uri.UriSchemeHttp) ?? uris[0];
    }

    private static string[] Listed(string? value) =>
        (value ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Uri AsSeenFromInside(string address)
    {
        var loopback = address
            .Replace("://*", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://+", "://127.0.0.1", StringComparison.Ordinal);
        if (
            !Uri.TryCreate(loopback, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
        )
        {
            throw new SettingException($"'{address}' is no address to listen on; ASPNETCORE_URLS takes the form http://*:8080.");
        }
        return IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
            ? new UriBuilder(uri) { Host = "127.0.0.1" }.Uri
            : uri;
    }
}
