using AspireDeploy.Model;

namespace AspireDeploy.Tests.Reading;

public class MountReadingTests
{
    private static Action<IDistributedApplicationBuilder> Mounting(string source, string target, bool isReadOnly = true) =>
        builder => builder.AddContainer("proxy", "example/proxy").WithBindMount(source, target, isReadOnly);

    [Fact]
    public async Task Build_AFileOfTheSolution_ComesWithTheDeployment() =>
        Assert.Equal([new ContentFile("/etc/proxy.conf", "a\n")],
            (await new Planned().File("/shop/conf/proxy.conf", "a\n").PlanAsync(Mounting("/shop/conf/proxy.conf", "/etc/proxy.conf"))).WorkloadNamed("proxy").Files);

    [Fact]
    public async Task Build_AFolderOfTheSolution_ComesFileByFile() =>
        Assert.Equal([new ContentFile("/init/a.sql", "a"), new ContentFile("/init/sub/b.sh", "b", Executable: true)],
            (await new Planned().File("/shop/init/sub/b.sh", "b").File("/shop/init/a.sql", "a").File("/shop/initial", "no").PlanAsync(Mounting("/shop/init", "/init/"))).WorkloadNamed("proxy").Files);

    [Fact]
    public async Task Build_AFileOutsideTheSolution_IsRefused() =>
        Assert.Equal(["proxy.mounts./etc/proxy.conf: mounts /shopping/proxy.conf, which is outside the solution and so on no other machine; put it into the solution, or use a volume (WithVolume)"],
            await new Planned().File("/shopping/proxy.conf", "a").RefusedAsync(Mounting("/shopping/proxy.conf", "/etc/proxy.conf")));

    [Fact]
    public async Task Build_AMountToBeWritten_IsRefused() =>
        Assert.Equal(["proxy.mounts./data: mounts data to be written, and a deployment brings copies; mount it with isReadOnly: true, or use a volume (WithVolume)"],
            await Planned.RefusalsAsync(Mounting("/shop/data", "/data", isReadOnly: false)));

    [Fact]
    public async Task Build_AMountOfNothing_IsRefused() => Assert.Equal(["proxy.mounts./data: mounts data, and there is no file"], await Planned.RefusalsAsync(Mounting("/shop/data", "/data")));

    [Theory]
    [InlineData(new byte[] { 1, 0, 2 })]
    [InlineData(new byte[] { 0xff, 0xfe, 0x41 })]
    public async Task Build_AFileThatIsNotText_IsRefused(byte[] bytes) =>
        Assert.Equal(["proxy.mounts./logo: mounts logo, which isn't text of at most 500 kB; put it into an image"], await new Planned().File("/shop/logo", bytes).RefusedAsync(Mounting("/shop/logo", "/logo")));
}
