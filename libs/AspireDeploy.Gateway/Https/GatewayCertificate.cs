using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AspireDeploy.ServiceDefaults;

namespace AspireDeploy.Gateway.Https;

/// <summary>
/// The certificate that HTTPS is served with: the one that <c>Gateway:Certificate</c> names (a PFX, or PEM with its key), else ASP.NET
/// Core's development certificate, else one of our own, made without asking.
/// </summary>
internal static class GatewayCertificate
{
    internal static bool IsWanted(IConfiguration configuration) =>
        (configuration["urls"] ?? "").Contains("https://", StringComparison.OrdinalIgnoreCase)
        || !string.IsNullOrEmpty(configuration["https_ports"]);

    /// <exception cref="SettingException">The certificate that the settings name can't be read.</exception>
    internal static void Use(WebApplicationBuilder builder)
    {
        if (!IsWanted(builder.Configuration))
            return;
        var certificate = Find(builder.Configuration);
        builder
            .WebHost.UseKestrelHttpsConfiguration()
            .ConfigureKestrel(server => server.ConfigureHttpsDefaults(https => TlsRules.Apply(https, certificate)));
        HttpsRedirect.Add(builder.Services);
    }

    private static X509Certificate2 Find(ConfigurationManager configuration) =>
        configuration["Gateway:Certificate"] is { Length: > 0 } path
            ? Read(path)
            : DevelopmentCertificate.Find(TimeProvider.System)
                ?? new OwnCertificate(OwnCertificate.UsersDirectory, TimeProvider.System).FindOrMake();

    private static X509Certificate2 Read(string path)
    {
        try
        {
            return Path.GetExtension(path).ToUpperInvariant() is ".PFX" or ".P12"
                ? X509CertificateLoader.LoadPkcs12FromFile(path, null)
                : X509Certificate2.CreateFromPemFile(path);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"Gateway:Certificate is '{path}', which can't be read: {e.Message}");
        }
    }
}
