using Aspire.Hosting.Pipelines;
using EmbeddedHost.Tests.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Pipelines.Output;

public class PipelineOutputServiceTests
{
    [Fact]
    public void OutputDirectory_ThatIsGiven_IsRelativeToWhereItWasTyped() =>
        Assert.Equal(Path.GetFullPath("some/where"), Service("--output-path", "some/where").GetOutputDirectory());

    [Fact]
    public void OutputDirectory_ThatIsNotGiven_IsBesideTheAppHost() =>
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "aspire-output"), Service().GetOutputDirectory());

    [Fact]
    public void OutputDirectory_OfAResource_IsNamedLikeIt() =>
        Assert.Equal(Path.GetFullPath("out/web"), Service("--output-path", "out").GetOutputDirectory(new ContainerLike("web")));

    [Fact]
    public async Task TempDirectory_IsTheUsersAloneAndGoesWithTheApplication()
    {
        var application = Declared.Builder("--operation", "publish").Build();
        var directory = application.Services.GetRequiredService<IPipelineOutputService>().GetTempDirectory();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        }

        await application.DisposeAsync();

        Assert.False(Directory.Exists(directory));
    }

    private static IPipelineOutputService Service(params string[] args) =>
        Declared.Builder(["--operation", "publish", .. args]).Build().Services.GetRequiredService<IPipelineOutputService>();

    private sealed class ContainerLike(string name) : Aspire.Hosting.ApplicationModel.Resource(name);
}
