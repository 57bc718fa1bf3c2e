using System.Formats.Tar;
using System.Text;
using AspireDeploy.Deploying;
using AspireDeploy.Engines.Docker;
using AspireDeploy.Model;

namespace AspireDeploy.Tests.Deploying;

public class DeployedImageTests
{
    [Fact]
    public async Task Image_IsPushedOnce_AndNamedByItsContentAndDigest()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var docker = await DockerEngine.StartAsync(cancellationToken);
        var built = new ProjectImage("../Api/Api.csproj", "shop-api", "1.0.0", "Api.dll")
        {
            Registry = await docker.StartRegistryAsync(cancellationToken),
        };
        var images = new DeployedImage(
            new RecordedCommands([.. docker.Environment.Select(static variable => $"{variable.Key}={variable.Value}")])
        );
        await ImportAsync(docker, built.BuiltName, "one");

        var (named, isThere) = await images.FindAsync(built, cancellationToken);
        var pushed = await images.ProvideAsync(built, named, cancellationToken);
        var (again, isThereNow) = await images.FindAsync(built, cancellationToken);

        Assert.Equal((false, true), (isThere, isThereNow));
        Assert.Null(named.Digest);
        Assert.Matches($@"\A{built.Registry}/shop-api:1\.0\.0-[0-9a-f]{{12}}@sha256:[0-9a-f]{{64}}\z", pushed.ToString());
        Assert.Equal(pushed, again);

        // What the cluster does with that name.
        await docker.RunAsync(["image", "pull", pushed.ToString()], cancellationToken);

        await ImportAsync(docker, built.BuiltName, "two");
        var (newer, newerIsThere) = await images.FindAsync(built, cancellationToken);
        Assert.False(newerIsThere);
        Assert.NotEqual(named.Tag, newer.Tag);
    }

    [Fact]
    public async Task Image_WithoutARegistry_IsTaggedOnThisMachine()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var docker = await DockerEngine.StartAsync(cancellationToken);
        var built = new ProjectImage("../Api/Api.csproj", "shop-api", "1.0.0", "Api.dll");
        var images = new DeployedImage(
            new RecordedCommands([.. docker.Environment.Select(static variable => $"{variable.Key}={variable.Value}")])
        );
        await ImportAsync(docker, built.BuiltName, "one");

        var (named, isThere) = await images.FindAsync(built, cancellationToken);
        await images.ProvideAsync(built, named, cancellationToken);

        Assert.False(isThere);
        Assert.Equal((named, true), await images.FindAsync(built, cancellationToken));
    }

    // An image as the SDK makes it, as far as it matters here: the program is in /app.
    private static async Task ImportAsync(DockerEngine docker, string name, string content)
    {
        var archive = Path.GetTempFileName();
        try
        {
            await using (var tar = new TarWriter(File.Create(archive)))
            {
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, "app/"));
                await tar.WriteEntryAsync(
                    new PaxTarEntry(TarEntryType.RegularFile, "app/Api.dll")
                    {
                        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
                    }
                );
            }
            await docker.RunAsync(
                ["image", "import", "--change", "ENTRYPOINT [\"dotnet\", \"/app/Api.dll\"]", archive, name],
                TestContext.Current.CancellationToken
            );
        }
        finally
        {
            File.Delete(archive);
        }
    }
}
