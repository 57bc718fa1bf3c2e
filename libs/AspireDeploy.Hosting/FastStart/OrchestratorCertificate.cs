using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aspire.Hosting;
using AspireDeploy.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace AspireDeploy.FastStart;

/// <summary>
/// Provides the certificate that the orchestrator's API is served with, where the machine has no trusted one for development. Left to
/// itself DCP 0.26 (Aspire 13.6) makes an RSA key of 4096 bits at each start, which takes one to four seconds. This one is kept in the
/// user's cache and is used for nothing else: not for HTTPS, and nothing is made to trust it.
/// </summary>
internal sealed class OrchestratorCertificate(IDeveloperCertificateService certificates) : IDeveloperCertificateService
{
    // By this, and a version, Aspire knows a certificate for development.
    private const string MarkOfDevelopment = "1.3.6.1.4.1.311.84.1.1";

    private readonly Lazy<ImmutableList<X509Certificate2>> _own = new(() => Load(ToolCache.In(ToolEnvironment.ForProcess())));

    public ImmutableList<X509Certificate2> Certificates => HasTrusted ? certificates.Certificates : _own.Value;

    public bool SupportsContainerTrust => HasTrusted && certificates.SupportsContainerTrust;

    public bool UseForHttps => HasTrusted && certificates.UseForHttps;

    public bool TrustCertificate => HasTrusted && certificates.TrustCertificate;

    private bool HasTrusted => !certificates.Certificates.IsEmpty;

    /// <summary>Puts it around Aspire's own.</summary>
    public static void AddTo(IServiceCollection services)
    {
        if (
            services.LastOrDefault(service => service.ServiceType == typeof(IDeveloperCertificateService))?.ImplementationType is { } own
            && own != typeof(OrchestratorCertificate)
        )
        {
            services.AddSingleton<IDeveloperCertificateService>(provider => new OrchestratorCertificate(
                (IDeveloperCertificateService)ActivatorUtilities.CreateInstance(provider, own)
            ));
        }
    }

    /// <summary>
    /// Returns the certificate that is kept in a cache, made where there is none that still holds; none where it can't be written.
    /// </summary>
    internal static ImmutableList<X509Certificate2> Load(ToolCache cache)
    {
        try
        {
            var place = Path.Combine(cache.Root, "dcp");
            var file = Path.Combine(place, "server.pem");
            if (Kept(file) is { } kept && kept.NotAfter > DateTime.Now.AddDays(7))
            {
                return [kept];
            }

            PrivateDirectory.Create(place);
            using var made = Make();
            using var key = made.GetECDsaPrivateKey()!;
            // Renamed, as another AppHost may be about to read it.
            var incoming = $"{file}.{Guid.NewGuid():N}";
            PrivateDirectory
                .WriteSecretAsync(
                    incoming,
                    made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n",
                    CancellationToken.None
                )
                .GetAwaiter()
                .GetResult();
            File.Move(incoming, file, overwrite: true);
            return [X509Certificate2.CreateFromPemFile(file)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // DCP makes one.
            return [];
        }
    }

    // Null where there is none, or none that can be read.
    private static X509Certificate2? Kept(string file)
    {
        try
        {
            return File.Exists(file) ? X509Certificate2.CreateFromPemFile(file) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=DCP", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509Extension(MarkOfDevelopment, [1], critical: false));
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
    }
}
