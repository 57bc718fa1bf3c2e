using AspireDeploy.Model;

namespace AspireDeploy.Tests.Reading;

public class VolumeNamesTests
{
    private static string Mixed(string place, string target, string name, string other) =>
        $"{place}: is a volume that would be called {name}, as {other} is, and its data would be mixed with that; give it a name of "
        + $"its own: WithVolume(\"NAME\", \"{target}\") or WithDataVolume(\"NAME\")";

    [Fact]
    public async Task Build_NamedLikeAGeneratedOne_IsRefused() =>
        Assert.Equal(
            [Mixed("tools.mounts./data", "/data", "pg-data", "pg's at /var/lib/postgresql")],
            await Planned.RefusalsAsync(static builder =>
            {
                builder.AddPostgres("pg").WithDataVolume();
                builder.AddContainer("tools", "example/tools").WithVolume("pg-data", "/data");
            })
        );

    [Fact]
    public async Task Build_UnnamedOfOneContainerThatBecomeOne_AreRefused() =>
        Assert.Equal(
            [Mixed("web.mounts./data-a", "/data-a", "web-data-a", "web's at /data/a")],
            await Planned.RefusalsAsync(static builder =>
                builder.AddContainer("web", "example/web").WithVolume("/data/a").WithVolume("/data-a")
            )
        );

    [Fact]
    public async Task Build_UnnamedOfTwoContainersThatBecomeOne_AreRefused() =>
        Assert.Equal(
            [Mixed("a-b.mounts./c", "/c", "a-b-c", "a's at /b-c")],
            await Planned.RefusalsAsync(static builder =>
            {
                builder.AddContainer("a", "example/a").WithVolume("/b-c");
                builder.AddContainer("a-b", "example/b").WithVolume("/c");
            })
        );

    [Theory]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("../conf")]
    [InlineData("/abs")]
    [InlineData("a:b")]
    [InlineData("ü")]
    [InlineData("-a")]
    public async Task Build_ANameThatDockerRefuses_IsRefused(string name) =>
        Assert.Equal(
            [
                $"web.mounts./data: \"{name}\" is not a name for a volume: letters, digits, _, . and -, a letter or digit first; "
                    + "give it another: WithVolume(\"NAME\", \"/data\") or WithDataVolume(\"NAME\"), or mount a folder of the "
                    + "solution with WithBindMount",
            ],
            await Planned.RefusalsAsync(builder => builder.AddContainer("web", "example/web").WithVolume(name, "/data"))
        );

    [Theory]
    [InlineData("a")]
    [InlineData("9.A_b-c")]
    public async Task Build_ANameThatDockerTakes_Stays(string name) =>
        Assert.Equal(
            [new Volume(name)],
            (await Planned.OfAsync(builder => builder.AddContainer("web", "example/web").WithVolume(name, "/data"))).Volumes
        );

    [Fact]
    public async Task Build_OneNameForTwo_IsShared() =>
        Assert.Equal(
            [new Volume("files")],
            (
                await Planned.OfAsync(static builder =>
                {
                    builder.AddContainer("a", "example/a").WithVolume("files", "/files");
                    builder.AddContainer("b", "example/b").WithVolume("files", "/data");
                })
            ).Volumes
        );
}
