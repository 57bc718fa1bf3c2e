using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// The certificate that DCP's API is served with. Left to itself, DCP makes an RSA key of 4096 bits at each start, which took 0.7 to 0.9 s of two cores; with an
/// elliptic key of ours it is ready to be asked after 0.15 s.
/// </summary>
/// <param name="CertificateFile">The certificate, as PEM.</param>
/// <param name="KeyFile">Its key, as PEM; only we may read it.</param>
internal sealed record ServerCertificate(string CertificateFile, string KeyFile)
{
    /// <summary>Makes a certificate for the loopback, and writes it.</summary>
    /// <param name="folder">The session's folder, which nobody else may look into.</param>
    public static ServerCertificate WriteTo(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=DCP", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        var written = new ServerCertificate(Path.Combine(folder, "server.crt"), Path.Combine(folder, "server.key"));
        Write(written.CertificateFile, certificate.ExportCertificatePem());
        Write(written.KeyFile, key.ExportPkcs8PrivateKeyPem());
        return written;
    }

    private static void Write(string path, string pem)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(pem + "\n"));
    }
}
