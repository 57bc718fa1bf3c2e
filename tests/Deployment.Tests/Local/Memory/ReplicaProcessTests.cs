using System.Diagnostics;
using System.Globalization;
using AspireDeploy.Local.Memory;

namespace AspireDeploy.Tests.Local.Memory;

public sealed class ReplicaProcessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy");
    private readonly Process _process = new();

    public ReplicaProcessTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells in files what a process runs.");

    [Fact]
    public void Of_AProgramWithAChild_IsItself()
    {
        Start("dotnet", "walk");

        Assert.Equal(_process.Id, ReplicaProcess.Find(_process.Id));
    }

    [Fact]
    public void Of_DotnetRun_IsWhatItHasStarted()
    {
        var child = Start("/usr/bin/dotnet", "run");

        Assert.Equal(child, ReplicaProcess.Find(_process.Id));
    }

    [Fact]
    public void Of_AProcessThatIsGone_IsNone()
    {
        Start("dotnet", "run");
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();

        Assert.Null(ReplicaProcess.Find(_process.Id));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    // A shell by another name, which starts one process and waits for it, as `dotnet run` does.
    private int Start(string name, string verb)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, verb), "sleep 600 & echo $!; wait");
        _process.StartInfo = new("bash", ["-c", $"exec -a {name} bash {verb}"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = _folder.FullName,
        };
        _process.Start();
        return int.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }
}
