using AspireDeploy.Gateway.Https;

namespace AspireDeploy.Gateway.Tests.Https;

public sealed class OwnCertificateTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"own-certificate-{Guid.NewGuid():n}");

    [Fact]
    public void Certificate_Made_IsForLocalhostAndReadableByTheUserAlone()
    {
        using var certificate = new OwnCertificate(_directory, TimeProvider.System).FindOrMake();
        Assert.True(certificate.HasPrivateKey);
        Assert.True(certificate.MatchesHostname("localhost"));
        Assert.True(certificate.MatchesHostname("shop.localhost"));
        Assert.True(certificate.MatchesHostname("127.0.0.1"));
        if (OperatingSystem.IsWindows())
            return;
        var file = Assert.Single(Directory.GetFiles(_directory));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_directory));
    }

    [Fact]
    public void Certificate_Kept_IsUsedAgain()
    {
        using var first = new OwnCertificate(_directory, TimeProvider.System).FindOrMake();
        using var second = new OwnCertificate(_directory, TimeProvider.System).FindOrMake();
        Assert.Equal(first.Thumbprint, second.Thumbprint);
    }

    [Fact]
    public void Certificate_NearItsEnd_IsMadeAnew()
    {
        using var first = new OwnCertificate(_directory, TimeProvider.System).FindOrMake();
        using var second = new OwnCertificate(_directory, new Later(TimeSpan.FromDays(340))).FindOrMake();
        Assert.NotEqual(first.Thumbprint, second.Thumbprint);
    }

    [Fact]
    public void Certificate_FileDamaged_IsMadeAnew()
    {
        Directory.CreateDirectory(_directory);
        File.WriteAllText(Path.Combine(_directory, "localhost.pfx"), "half a fi");
        using var certificate = new OwnCertificate(_directory, TimeProvider.System).FindOrMake();
        Assert.True(certificate.HasPrivateKey);
    }

    public void Dispose()
    {
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
