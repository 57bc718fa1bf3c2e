using AspireDeploy.Tools;

namespace AspireDeploy.Tests.Tools;

public sealed class RunFolderTests : IDisposable
{
    private const uint SomebodyElse = 65534;

    private readonly string _home = Directory.CreateTempSubdirectory("run-").FullName;

    [Fact]
    public void Open_UsersRuntimeDirectory_IsAFolderInIt()
    {
        SkipOnWindows();
        var runtime = Folder("runtime", PrivateDirectory.OwnerOnly);
        Assert.Equal(Path.Combine(runtime, "aspiredeploy"), Opened(runtime));
    }

    [Theory]
    [InlineData(UnixFileMode.OtherExecute)]
    [InlineData(UnixFileMode.GroupRead)]
    public void Open_RuntimeDirectoryOpenToOthers_IsTheStateFolder(UnixFileMode open)
    {
        SkipOnWindows();
        Assert.Equal(Path.Combine(_home, ".local", "state", "aspiredeploy"), Opened(Folder("runtime", PrivateDirectory.OwnerOnly | open)));
    }

    [Fact]
    public void Open_RuntimeDirectoryOfAnotherUser_IsTheStateFolder()
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess, "Only root can make another user's folder.");
        var runtime = Folder("runtime", PrivateDirectory.OwnerOnly);
        if (!OperatingSystem.IsWindows())
            UnixCalls.ChangeOwner(runtime, SomebodyElse, SomebodyElse);
        Assert.Equal(Path.Combine(_home, ".local", "state", "aspiredeploy"), Opened(runtime));
    }

    [Fact]
    public void Open_Root_IsUnderRun() => Assert.Equal("/run/aspiredeploy", RunFolder.Place(Surroundings(null) with { IsRoot = true }));

    [Fact]
    public void Open_Always_HasMode0700()
    {
        var path = Opened(null);
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no such modes.");
        else
            Assert.Equal(PrivateDirectory.OwnerOnly, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Open_ALinkInItsPlace_Refuses()
    {
        SkipOnWindows();
        var runtime = Folder("runtime", PrivateDirectory.OwnerOnly);
        Directory.CreateSymbolicLink(Path.Combine(runtime, "aspiredeploy"), Folder("elsewhere", PrivateDirectory.OwnerOnly));
        Assert.Equal(
            $"{runtime}/aspiredeploy is a link or another user's folder, and would hold sockets that only you may reach: take it "
                + "away, or set XDG_RUNTIME_DIR to a folder of yours, of mode 0700.",
            Assert.Throws<DistributedApplicationException>(() => Opened(runtime)).Message
        );
    }

    [Fact]
    public void Open_TooLongAPath_SaysHowLongItMayBe()
    {
        SkipOnWindows();
        var runtime = Folder(new string('x', 80), PrivateDirectory.OwnerOnly);
        Assert.Equal(
            $"{runtime}/aspiredeploy is too long a path for sockets: set XDG_RUNTIME_DIR to a folder of yours, of mode 0700, whose "
                + "path has at most 62 characters.",
            Assert.Throws<DistributedApplicationException>(() => Opened(runtime)).Message
        );
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private string Opened(string? runtime) => RunFolder.Open(Surroundings(runtime));

    private ToolEnvironment Surroundings(string? runtime) =>
        new(name => name == "XDG_RUNTIME_DIR" ? runtime : null)
        {
            Home = _home,
            LocalApplicationData = _home,
            IsRoot = false,
            IsMacOS = false,
        };

    private string Folder(string name, UnixFileMode mode)
    {
        var path = Directory.CreateDirectory(Path.Combine(_home, name)).FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
        return path;
    }

    private static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
}
