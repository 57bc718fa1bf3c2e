using AspireDeploy.Local.Gateways;

namespace AspireDeploy.Tests.Local.Gateways;

public sealed class ControlFolderTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("control-folder-").FullName;

    [Fact]
    public void Dispose_OrderlyEnd_LeavesNothing()
    {
        ControlFolder.Create(_parent).Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public void Create_LeftByAKilledRun_IsRemoved()
    {
        var left = Directory.CreateDirectory(Path.Combine(_parent, "gateway-left")).FullName;
        File.WriteAllText(Path.Combine(left, "lock"), "");
        File.WriteAllText(Path.Combine(left, "0"), "");
        using var own = ControlFolder.Create(_parent);
        Assert.Equal(own.Path, Assert.Single(Directory.GetDirectories(_parent)));
    }

    [Fact]
    public void Create_AnotherRunLives_LeavesItsFolder()
    {
        using var other = ControlFolder.Create(_parent);
        using var own = ControlFolder.Create(_parent);
        Assert.True(Directory.Exists(other.Path));
    }

    [Fact]
    public void Create_SomebodyElsesFolder_IsLeft()
    {
        var foreign = Directory.CreateDirectory(Path.Combine(_parent, "gateway-foreign")).FullName;
        using var own = ControlFolder.Create(_parent);
        Assert.True(Directory.Exists(foreign));
    }

    [Fact]
    public void Create_OnUnix_IsForItsUserAlone()
    {
        using var own = ControlFolder.Create(_parent);
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no such modes.");
        else Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(own.Path));
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
