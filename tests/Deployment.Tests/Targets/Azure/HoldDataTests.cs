using System.Diagnostics;
using AspireDeploy.Writers.Shell;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>
/// The script that runs a server once nothing else writes its data: real locks of real processes, on a directory of this machine in place
/// of a share.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class HoldDataTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("aspiredeploy-lock-");
    private readonly List<Process> _servers = [];

    public void Dispose()
    {
        foreach (var server in _servers)
        {
            if (!server.HasExited)
                server.Kill(entireProcessTree: true);
            server.WaitForExit();
            server.Dispose();
        }
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task Hold_AServerThatIsAlone_RunsAtOnceInTheScriptsPlace()
    {
        var server = Start("sh", "-c", "echo $$ \"$1\"; exec cat", "first", "two words");

        Assert.Equal($"{server.Id} two words", await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Hold_ASecondServer_WaitsUntilTheFirstHasEnded()
    {
        var (first, second) = (Start("sh", "-c", "echo serves; exec cat"), default(Process));
        Assert.Equal("serves", await first.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        second = Start("sh", "-c", "echo serves");
        Assert.Equal(
            "postgres waits: something else still writes its data.",
            await second.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
        );
        Assert.False(second.HasExited);
        first.StandardInput.Close();

        Assert.Equal("serves", await second.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.True(first.HasExited);
    }

    [Fact]
    public async Task Hold_AServerThatLeavesAChildBehind_IsHeldUntilThatHasEnded()
    {
        var first = Start("sh", "-c", "exec 3<&0; sh -c 'echo child; exec cat' <&3 & exit 0");
        Assert.Equal("child", await first.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        var second = Start("sh", "-c", "echo serves");
        Assert.Equal(
            "postgres waits: something else still writes its data.",
            await second.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
        );
        first.StandardInput.Close();

        Assert.Equal("serves", await second.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Hold_AServerThatIsToldToStopWhileItWaits_EndsAtOnce()
    {
        var first = Start("sh", "-c", "echo serves; exec cat");
        await first.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var second = Start("sh", "-c", "echo serves");
        await second.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        using (var kill = Process.Start("kill", ["-TERM", $"{second.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await second.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((143, ""), (second.ExitCode, await second.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Hold_AShareThatIsNotThere_Fails_AndNoServerRuns()
    {
        _data.Delete();

        var server = Start("sh", "-c", "echo serves");
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        _data.Create();

        Assert.NotEqual(0, server.ExitCode);
        Assert.Equal("", await server.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    private Process Start(params string[] words)
    {
        var script = ScriptTemplate.Fill("Azure/hold-data.sh", ("LOCK", Path.Combine(_data.FullName, ".lock")));
        var server = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", script, "postgres", .. words])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        _servers.Add(server);
        return server;
    }
}
