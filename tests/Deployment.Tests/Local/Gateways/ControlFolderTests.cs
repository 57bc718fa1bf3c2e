using AspireDeploy.Local.Gateways;
using AspireDeploy.Tools;

namespace AspireDeploy.Tests.Local.Gateways;

public sealed class ControlFolderTests : IDisposable
{
    // Nobody's, on every Unix that has one.
    private const uint SomebodyElse = 65534;

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
        Left("gateway-left");
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
    public void Create_WithoutALock_IsLeft()
    {
        var foreign = Directory.CreateDirectory(Path.Combine(_parent, "gateway-foreign")).FullName;
        using var own = ControlFolder.Create(_parent);
        Assert.True(Directory.Exists(foreign));
    }

    [Fact]
    public void Create_ALinkToAFolder_LeavesWhatItLeadsTo()
    {
        var precious = Directory.CreateTempSubdirectory("precious-");
        try
        {
            File.WriteAllText(Path.Combine(precious.FullName, "lock"), "");
            Directory.CreateSymbolicLink(Path.Combine(_parent, "gateway-link"), precious.FullName);
            using var own = ControlFolder.Create(_parent);
            Assert.Single(precious.GetFiles());
        }
        finally
        {
            precious.Delete(recursive: true);
        }
    }

    [Fact]
    public void Create_AnotherUsersFolder_IsLeft()
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess, "Only root can make another user's folder.");
        var foreign = Left("gateway-foreign");
        if (!OperatingSystem.IsWindows())
            UnixCalls.ChangeOwner(foreign, SomebodyElse, SomebodyElse);
        using var own = ControlFolder.Create(_parent);
        Assert.True(File.Exists(Path.Combine(foreign, "lock")));
    }

    [Fact]
    public void Create_WhereOthersCanWrite_Refuses()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no such modes.");
        else
            File.SetUnixFileMode(_parent, File.GetUnixFileMode(_parent) | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);
        Assert.Throws<ArgumentException>(() => ControlFolder.Create(_parent));
    }

    [Fact]
    public void Create_OnUnix_IsForItsUserAlone()
    {
        using var own = ControlFolder.Create(_parent);
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no such modes.");
        else
            Assert.Equal(PrivateDirectory.OwnerOnly, File.GetUnixFileMode(own.Path));
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private string Left(string name)
    {
        var left = Directory.CreateDirectory(Path.Combine(_parent, name)).FullName;
        File.WriteAllText(Path.Combine(left, "lock"), "");
        File.WriteAllText(Path.Combine(left, "0"), "");
        return left;
    }
}
