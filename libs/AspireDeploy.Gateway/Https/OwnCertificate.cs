using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AspireDeploy.Gateway.Https;

/// <summary>
/// A self-signed certificate for <c>localhost</c>, kept per user and used again until a month before its end. The file (PFX) holds the key,
/// so only the user may read it.
/// </summary>
/// <param name="directory">Where it is kept.</param>
/// <param name="time">Tells whether it is still valid.</param>
internal sealed class OwnCertificate(string directory, TimeProvider time)
{
    private static readonly TimeSpan Reserve = TimeSpan.FromDays(30);

    /// <summary>Gets the user's own directory for what programs keep.</summary>
    internal static string UsersDirectory =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "AspireDeploy",
            "https"
        );

    private string File => Path.Combine(directory, "localhost.pfx");

    internal X509Certificate2 FindOrMake() => Find() ?? Make();

    private X509Certificate2? Find()
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(File, null);
            return certificate.HasPrivateKey && certificate.NotAfter.ToUniversalTime() - time.GetUtcNow() > Reserve ? certificate : null;
        }
        catch (Exception e) when (e is CryptographicException or IOException)
        {
            return null;
        }
    }

    private X509Certificate2 Make()
    {
        // An elliptic key: a handshake costs a fraction of what it costs with RSA.
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("*.localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1", "Server Authentication")], critical: false)
        );
        var now = time.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddMinutes(-5), now.AddYears(1));
        var pfx = made.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, null);
        Keep(pfx);
        return X509CertificateLoader.LoadPkcs12(pfx, null);
    }

    // Written beside and moved over: two gateways that start at once each leave a whole file.
    private void Keep(byte[] pfx)
    {
        var mine = $"{File}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(mine, options))
            file.Write(pfx);
        System.IO.File.Move(mine, File, overwrite: true);
    }
}
