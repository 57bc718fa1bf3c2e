using System.Runtime.Versioning;
using AspireDeploy.FastStart;
using AspireDeploy.Tools;

namespace AspireDeploy.Hosting.Tests.FastStart;

public sealed class OrchestratorCertificateTests : IDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("aspiredeploy-certificate-");

    private ToolCache Cache => new(_place.FullName);

    private string Kept => Path.Combine(_place.FullName, "dcp", "server.pem");

    [Fact]
    public void Load_Again_ReturnsTheOneThatIsKept()
    {
        var first = Assert.Single(OrchestratorCertificate.Load(Cache));

        Assert.Equal(first.Thumbprint, Assert.Single(OrchestratorCertificate.Load(Cache)).Thumbprint);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Load_HalfWrittenByADeadRun_MakesAnother(double written)
    {
        var first = Assert.Single(OrchestratorCertificate.Load(Cache));
        var text = File.ReadAllText(Kept);
        File.WriteAllText(Kept, text[..(int)(text.Length * written)]);

        var next = Assert.Single(OrchestratorCertificate.Load(Cache));

        Assert.True(next.HasPrivateKey);
        Assert.NotEqual(first.Thumbprint, next.Thumbprint);
        Assert.Equal(next.Thumbprint, Assert.Single(OrchestratorCertificate.Load(Cache)).Thumbprint);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Load_KeepsItForItsUserAlone_AndLeavesNothingBeside()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        OrchestratorCertificate.Load(Cache);

        Assert.Equal([Kept], Directory.GetFileSystemEntries(Path.GetDirectoryName(Kept)!));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Kept));
    }

    public void Dispose() => _place.Delete(recursive: true);
}
