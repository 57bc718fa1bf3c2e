using AspireDeploy.Model;
using AspireDeploy.Reading;

namespace AspireDeploy.Tests.Reading;

public class MountReadingTests
{
    private static Action<IDistributedApplicationBuilder> Mounting(string source, string target, bool isReadOnly = true) =>
        builder => builder.AddContainer("proxy", "example/proxy").WithBindMount(source, target, isReadOnly);

    [Fact]
    public async Task Build_AFileOfTheSolution_ComesWithTheDeployment() =>
        Assert.Equal(
            [new ContentFile("/etc/proxy.conf", "a\n")],
            (await new Planned().File("/shop/conf/proxy.conf", "a\n").PlanAsync(Mounting("/shop/conf/proxy.conf", "/etc/proxy.conf")))
                .WorkloadNamed("proxy")
                .Files
        );

    [Fact]
    public async Task Build_AFolderOfTheSolution_ComesFileByFile() =>
        Assert.Equal(
            [new ContentFile("/init/a.sql", "a"), new ContentFile("/init/sub/b.sh", "b", Executable: true)],
            (
                await new Planned()
                    .File("/shop/init/sub/b.sh", "b")
                    .File("/shop/init/a.sql", "a")
                    .File("/shop/initial", "no")
                    .PlanAsync(Mounting("/shop/init", "/init/"))
            )
                .WorkloadNamed("proxy")
                .Files
        );

    [Fact]
    public async Task Build_AFileOutsideTheSolution_IsLost() =>
        Assert.Equal(
            [
                "proxy.files (/shopping/proxy.conf at /etc/proxy.conf) lost: /shopping/proxy.conf is outside /shop, whose files come "
                    + "with the deployment, and so on no other machine. Remedy: put it there, or use a volume (WithVolume)",
            ],
            await new Planned().File("/shopping/proxy.conf", "a").FallsShortAsync(Mounting("/shopping/proxy.conf", "/etc/proxy.conf"))
        );

    [Fact]
    public async Task Build_AFolderToBeWrittenThatHasNoFiles_IsAVolume()
    {
        var declare = Mounting("/shop/data", "/data", isReadOnly: false);

        Assert.Equal(
            [
                "proxy.data (/shop/data at /data) weakened: A volume is mounted at /data, empty at first, in place of this "
                    + "machine's folder data. Remedy: declare WithVolume or WithDataVolume",
            ],
            await Planned.ShortAsync(declare)
        );
        Assert.Equal([new VolumeMount("proxy-data", "/data")], (await Planned.OfAsync(declare)).WorkloadNamed("proxy").Mounts);
    }

    [Fact]
    public async Task Build_AFolderToBeWrittenOutsideTheSolution_IsAVolume() =>
        Assert.Equal(
            [new VolumeMount("proxy-data", "/data")],
            (await new Planned().File("/elsewhere/a", "a").PlanAsync(Mounting("/elsewhere", "/data", isReadOnly: false)))
                .WorkloadNamed("proxy")
                .Mounts
        );

    [Theory]
    [InlineData("/var/run/docker.sock")]
    [InlineData("/etc/ssl")]
    public async Task Build_SomethingOfTheMachine_IsLost(string path) =>
        Assert.Equal(
            [
                $"proxy.files ({path} at /x) lost: {path} is outside /shop, whose files come with the deployment, and so on no other "
                    + "machine. Remedy: put it there, or use a volume (WithVolume)",
            ],
            await Planned.ShortAsync(Mounting(path, "/x", isReadOnly: false))
        );

    [Fact]
    public async Task Build_FilesToBeWritten_ComeAsCopies() =>
        Assert.Equal(
            [
                "proxy.files (/shop/conf at /conf) weakened: conf comes with the deployment as a copy at /conf that can't be "
                    + "written. Remedy: say so with isReadOnly: true, or use a volume (WithVolume)",
            ],
            await new Planned().File("/shop/conf/a", "a").FallsShortAsync(Mounting("/shop/conf", "/conf", isReadOnly: false))
        );

    [Fact]
    public async Task Build_AMountOfNothing_IsLost() =>
        Assert.Equal(
            ["proxy.files (/shop/data at /data) lost: There is no file data. Remedy: put it there, or take the mount away"],
            await Planned.ShortAsync(Mounting("/shop/data", "/data"))
        );

    [Theory]
    [InlineData(new byte[] { 1, 0, 2 })]
    [InlineData(new byte[] { 0xff, 0xfe, 0x41 })]
    public async Task Build_AFileThatIsNotText_IsLost(byte[] bytes) =>
        Assert.Equal(
            ["proxy.files (/shop/logo at /logo) lost: logo isn't text of at most 500 kB. Remedy: put it into an image"],
            await new Planned().File("/shop/logo", bytes).FallsShortAsync(Mounting("/shop/logo", "/logo"))
        );

    [Fact]
    public async Task Build_ALinkThatLeadsOutOfTheSolution_IsRefused() =>
        Assert.Equal(
            [
                "web.files (/shop/pages at /srv) lost: pages/out is a link that leads out of the solution. Remedy: put a file in "
                    + "its place, or take it away",
            ],
            await new Planned()
                .File("/shop/pages/index.html", "a")
                .Link("/shop/pages/out", "/home/me/notes", "b")
                .FallsShortAsync(static builder =>
                    builder.AddContainer("web", "example/web", "1").WithBindMount("/shop/pages", "/srv", isReadOnly: true)
                )
        );

    [Fact]
    public async Task Build_FilesThatSecretsAreKeptIn_AreNamed() =>
        Assert.Equal(
            [
                "web.files (/shop/app at /srv) weakened: app/.env, app/.git/config, app/id_rsa and 1 more would be published as "
                    + "they are, for everybody who reads what is published. "
                    + "Remedy: mount a folder without secrets, and give each as a secret parameter (WithSecretAsFile)",
            ],
            await new Planned()
                .File("/shop/app/.env", "A=b")
                .File("/shop/app/.git/config", "c")
                .File("/shop/app/id_rsa", "d")
                .File("/shop/app/index.html", "e")
                .File("/shop/app/tls/server.key", "f")
                .FallsShortAsync(static builder =>
                    builder.AddContainer("web", "example/web", "1").WithBindMount("/shop/app", "/srv", isReadOnly: true)
                )
        );

    [Fact]
    public void Target_OfAPathThroughLinks_IsWhereTheyLead()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right of their own there.");
        var folder = Directory.CreateTempSubdirectory("aspiredeploy-links-");
        try
        {
            var files = folder.CreateSubdirectory("files");
            File.WriteAllText(Path.Combine(files.FullName, "a"), "");
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "to"), files.FullName);
            File.CreateSymbolicLink(Path.Combine(files.FullName, "b"), Path.Combine(folder.FullName, "to", "a"));

            Assert.EndsWith("/files/a", new SolutionFiles().Target(Path.Combine(folder.FullName, "to", "b")), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void SolutionFiles_AFolderThatALinkInItLeadsBackTo_HasEachFileOnce()
    {
        var folder = Directory.CreateTempSubdirectory("aspiredeploy-links-");
        try
        {
            var inner = folder.CreateSubdirectory("inner").FullName;
            File.WriteAllText(Path.Combine(inner, "a"), "a");
            Directory.CreateSymbolicLink(Path.Combine(inner, "around"), folder.FullName);

            Assert.Equal([Path.Combine(inner, "a")], new SolutionFiles().Under(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task SolutionFiles_APipe_IsNotWaitedFor()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among files.");
        var folder = Directory.CreateTempSubdirectory("aspiredeploy-pipe-");
        try
        {
            var pipe = Path.Combine(folder.FullName, "pipe");
            using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe]))
                await made.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Empty(
                await Task.Run(() => new SolutionFiles().Read(pipe), TestContext.Current.CancellationToken)
                    .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
