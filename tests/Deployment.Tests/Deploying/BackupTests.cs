using System.Diagnostics;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Deploying;

/// <summary>The commands for a backup, as each target's page has them.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class BackupTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-backup-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("compose", "docker")]
    [InlineData("swarm", "docker")]
    [InlineData("kubernetes", "kubectl")]
    [InlineData("nomad", "nomad")]
    public async Task Backup_ThatBreaksOff_FailsAndLeavesTheOneBefore(string target, string program)
    {
        var command = await CommandAsync(target);
        await WriteProgramAsync(program, "echo half; exit ${BROKEN:-0}");

        Assert.Equal(0, await RunAsync(command));
        var dump = Path.Combine(_folder.FullName, "catalog.dump");
        Assert.Equal("half\n", await File.ReadAllTextAsync(dump, TestContext.Current.CancellationToken));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(dump));
        await File.WriteAllTextAsync(dump, "whole", TestContext.Current.CancellationToken);

        Assert.NotEqual(0, await RunAsync("BROKEN=1; export BROKEN; " + command));
        Assert.Equal("whole", await File.ReadAllTextAsync(dump, TestContext.Current.CancellationToken));
        Assert.Equal(["catalog.dump", program], _folder.EnumerateFiles().Select(static file => file.Name).Order(StringComparer.Ordinal));
    }

    // The line of the page by which the database is dumped.
    private static async Task<string> CommandAsync(string target)
    {
        var page = await File.ReadAllLinesAsync(
            Path.Combine(TargetCase.Project, "..", "..", "docs", "targets", $"{target}.md"),
            TestContext.Current.CancellationToken
        );
        return Assert.Single(page, static line => line.Contains("pg_dump", StringComparison.Ordinal));
    }

    private async Task WriteProgramAsync(string name, string body)
    {
        var path = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(path, $"#!/bin/sh\n{body}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<int> RunAsync(string command)
    {
        using var shell = Process.Start(
            new ProcessStartInfo("sh", ["-c", "PATH=$PWD:$PATH; " + command]) { WorkingDirectory = _folder.FullName }
        )!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return shell.ExitCode;
    }
}
