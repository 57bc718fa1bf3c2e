using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedHost.Tests.Images;

public class ProjectImageCommandTests
{
    [Fact]
    public void Image_ForAnEngine_IsNamedLikeTheResource() => Assert.Equal(
        ["-property:ContainerRepository=shop", "-property:ContainerImageTag=latest", "-property:LocalRegistry=Podman"],
        Properties(_ => { }, "Podman"));

    [Fact]
    public void Image_ForAFile_GoesToNoEngine() => Assert.Equal(
        ["-property:ContainerRepository=team/shop", "-property:ContainerImageTag=1.2", "-property:ContainerArchiveOutputPath=/images", "-property:ContainerImageFormat=OCI"],
        Properties(
            options => (options.LocalImageName, options.LocalImageTag, options.OutputPath, options.ImageFormat) = ("team/shop", "1.2", "/images", ContainerImageFormat.Oci),
            "Docker"));

    [Theory]
    [InlineData(ContainerTargetPlatform.LinuxArm64, "-property:RuntimeIdentifier=linux-arm64", "-property:ContainerRuntimeIdentifier=linux-arm64")]
    [InlineData(ContainerTargetPlatform.AllLinux, "-property:RuntimeIdentifiers=linux-x64%3Blinux-arm64", "-property:ContainerRuntimeIdentifiers=linux-x64%3Blinux-arm64")]
    public void Image_ForAPlatform_IsBuiltForItsRuntime(ContainerTargetPlatform platform, string runtime, string container) =>
        Assert.Equal([runtime, container], Properties(options => options.TargetPlatform = platform, null).Skip(2));

    private static IEnumerable<string> Properties(Action<ContainerBuildOptionsCallbackContext> set, string? engine)
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        var options = new ContainerBuildOptionsCallbackContext(new ProjectResource("Shop"), services, NullLogger.Instance, default, new(DistributedApplicationOperation.Publish));
        set(options);
        return ProjectImageCommand.Arguments("Shop.csproj", options, engine).Where(a => a.StartsWith("-property:", StringComparison.Ordinal));
    }
}
