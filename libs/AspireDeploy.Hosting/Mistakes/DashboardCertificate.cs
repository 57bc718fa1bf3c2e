using System.Security.Cryptography.X509Certificates;
using Aspire.Hosting;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.Mistakes;

/// <summary>
/// Looks before a run whether the dashboard is to use HTTPS where there is no certificate for it. Aspire 13.6 ends in a stack trace then,
/// or keeps running with a dashboard that can't start.
/// </summary>
internal static class DashboardCertificate
{
    internal const string ResourceService = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";

    // By this extension Kestrel knows a certificate for development.
    private const string MarkOfDevelopment = "1.3.6.1.4.1.311.84.1.1";

    private static readonly string[] Addresses =
    [
        "ASPNETCORE_URLS",
        "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL",
        "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL",
        ResourceService,
    ];

    /// <exception cref="DistributedApplicationException">There is none.</exception>
    internal static void Check(IConfiguration configuration)
    {
        if (
            Addresses.FirstOrDefault(name => IsHttps(name, configuration)) is { } needs
            && configuration["Kestrel:Certificates:Default:Path"] is null
            && !HasOne()
        )
        {
            throw new DistributedApplicationException(Missing(needs));
        }
    }

    /// <summary>Returns what to say where there is none.</summary>
    /// <param name="setting">The setting that asks for HTTPS.</param>
    internal static string Missing(string setting) =>
        $"The dashboard is to use HTTPS ({setting}), and this user has no certificate for development. Run 'dotnet dev-certs "
        + "https', or start with the launch profile 'http'.";

    private static bool IsHttps(string name, IConfiguration configuration) =>
        configuration[name] is { Length: > 0 } urls
            ? urls.Split(';').Any(url => url.Trim().StartsWith("https:", StringComparison.OrdinalIgnoreCase))
            : name == ResourceService && !configuration.GetValue<bool>("ASPIRE_ALLOW_UNSECURED_TRANSPORT");

    private static bool HasOne()
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadOnly);
        return store
            .Certificates.Find(X509FindType.FindByExtension, MarkOfDevelopment, validOnly: false)
            .Any(certificate => certificate.HasPrivateKey && certificate.NotAfter > DateTime.Now);
    }
}
