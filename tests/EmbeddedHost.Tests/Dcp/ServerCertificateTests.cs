using System.Security.Cryptography.X509Certificates;
using Aspire.Hosting.Dcp;

namespace EmbeddedHost.Tests.Dcp;

public sealed class ServerCertificateTests
{
    [Fact]
    public void ServerCertificate_Written_NamesTheLoopbackAndKeepsItsKeyToItsOwner()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var written = ServerCertificate.WriteTo(folder.FullName);

            using var certificate = X509Certificate2.CreateFromPemFile(written.CertificateFile, written.KeyFile);
            Assert.True(certificate.MatchesHostname("127.0.0.1"));
            Assert.True(certificate.MatchesHostname("localhost"));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(written.KeyFile));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
