using System.Diagnostics;
using System.Runtime.Versioning;
using AspireDeploy.PostgreSQL;
using AspireDeploy.Processes;
using AspireDeploy.Tools;

namespace AspireDeploy.Hosting.Tests.Processes;

/// <summary>The unprivileged account that PostgreSQL runs as where root runs the AppHost: it gets at nothing of root's.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ServiceAccountTests : IDisposable
{
    private const UnixFileMode Open = PrivateDirectory.OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // Puts links in the place of directories and takes them away again, as fast as can be.
    private const string Swapper = """
        umask 0; mkdir "in", 0777; chdir "in";
        for my $i (1..200) { mkdir "d$i"; mkdir "d$i/deep"; symlink $ARGV[0], "l$i"; }
        $| = 1; print "ready\n";
        while (1) { for my $i (1..200) { rename "d$i", "x"; rename "l$i", "d$i"; rename "d$i", "l$i"; rename "x", "d$i"; } }
        """;

    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("aspiredeploy-account-");
    private readonly ServiceAccount _account;

    public ServiceAccountTests()
    {
        Assert.SkipUnless(ToolEnvironment.ForProcess().IsRoot, "Only root hands PostgreSQL to another account.");
        _account = ServiceAccount.ForRoot(ToolEnvironment.ForProcess())!;
        _place.UnixFileMode = Open;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Victim => Path.Combine(_place.FullName, "victim");

    [Fact]
    public async Task Run_HasItsOwnVariablesAlone_AndNoWayBack()
    {
        var inherited = Assert.Single(Environment.GetEnvironmentVariables().Keys.Cast<string>(), name => name == "PATH");

        var seen = await ShellAsync(
            "cat /proc/self/environ | tr '\\0' '\\n'; grep NoNewPrivs /proc/self/status; id -u; id -G",
            ("LC_ALL", "C"),
            ("TOKEN", "a b")
        );

        var lines = seen.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] allowed = ["HOME", "LOGNAME", "PATH", "PWD", "SHELL", "SHLVL", "TERM", "USER", "_", "LC_ALL", "TOKEN"];
        Assert.Contains("LC_ALL=C", lines);
        Assert.Contains("TOKEN=a b", lines);
        Assert.Contains("NoNewPrivs:\t1", lines);
        Assert.Equal([$"{_account.User}", $"{_account.Group}"], lines[^2..]);
        Assert.Empty(lines.Where(line => line.Contains('=', StringComparison.Ordinal)).Select(line => line.Split('=')[0]).Except(allowed));
        Assert.DoesNotContain($"{inherited}={Environment.GetEnvironmentVariable(inherited)}", lines);
    }

    [Fact]
    public async Task ThrowAwayData_WhereTheAccountSwapsLinksIn_RemovesNothingElse()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/perl"), "There is no perl, which swaps fast enough.");
        Directory.CreateDirectory(Path.Combine(Victim, "deep"));
        await File.WriteAllTextAsync(Path.Combine(Victim, "deep", "precious"), "", Cancellation);
        var environment = new ToolEnvironment(name => name == DataHome.RootVariable ? Path.Combine(_place.FullName, "data") : null);
        for (var round = 0; round < 30; round++)
        {
            var data = DataDirectory.ThrowAway(environment, "postgres");
            Directory.CreateDirectory(data.Path);
            data.OpenTo(_account);
            using var swapping = Start(_account.Run(new("perl", ["-e", Swapper, Victim], data.Path, new Dictionary<string, string>())));
            Assert.Equal("ready", await swapping.StandardOutput.ReadLineAsync(Cancellation));

            await data.DisposeAsync();

            swapping.Kill(entireProcessTree: true);
            await swapping.WaitForExitAsync(Cancellation);
            Assert.True(File.Exists(Path.Combine(Victim, "deep", "precious")), $"It was removed through a link in round {round}.");
        }
    }

    [Fact]
    public async Task DataFolder_OfAnotherUser_IsRefused_AndNothingInItIsTouched()
    {
        var shared = _place.CreateSubdirectory("shared");
        shared.UnixFileMode = (UnixFileMode)0b1_111_111_111;
        Directory.CreateDirectory(Path.Combine(Victim, "postgres-main"));
        await ShellAsync(
            $"mkdir '{shared.FullName}/theirs' '{shared.FullName}/throw-away' && ln -s '{Victim}' '{shared.FullName}/theirs/throw-away'"
        );

        Refused(shared.FullName, "throw-away");
        Refused(Path.Combine(shared.FullName, "theirs"), "");
        var linked = _place.CreateSubdirectory("linked").FullName;
        Directory.CreateSymbolicLink(Path.Combine(linked, "throw-away"), Victim);
        Refused(linked, "throw-away");

        Assert.True(Directory.Exists(Path.Combine(Victim, "postgres-main")));
        Assert.Single(Directory.GetFileSystemEntries(Victim));

        void Refused(string root, string name)
        {
            var environment = new ToolEnvironment(variable => variable == DataHome.RootVariable ? root : null);
            var failure = Assert.Throws<DistributedApplicationException>(() => DataDirectory.ThrowAway(environment, "postgres"));
            Assert.Matches(
                $"^{root}/throw-away/postgres-[0-9a-f]{{32}} can't be written \\({Path.Combine(root, name).TrimEnd('/')} is a link "
                    + "or another user's\\): give it to yourself, or set "
                    + $"{DataHome.RootVariable} to a directory of yours\\.$",
                failure.Message
            );
        }
    }

    [Fact]
    public async Task Sweep_WhatAnotherUserHasPutThere_StaysAsItIs()
    {
        var root = _place.CreateSubdirectory("data");
        var thrown = root.CreateSubdirectory("throw-away");
        var theirs = thrown.CreateSubdirectory("postgres-theirs");
        _account.Own(theirs.FullName);
        await ShellAsync($"ln -s '{Victim}' '{theirs.FullName}/lock'");
        Directory.SetLastWriteTimeUtc(theirs.FullName, DateTime.UtcNow.AddHours(-3));
        var own = thrown.CreateSubdirectory("postgres-own");
        await File.WriteAllTextAsync(Path.Combine(own.FullName, "lock"), "", Cancellation);
        var environment = ToolEnvironment.ForProcess(name => name == DataHome.RootVariable ? root.FullName : null);

        await ThrowAwayDirectories.SweepAsync(
            environment,
            new PostgresProgram(new("postgres", null, new("password", _ => ""))),
            Cancellation
        );

        Assert.Equal([theirs.FullName], Directory.GetDirectories(thrown.FullName));
        Assert.False(Path.Exists(Victim));
    }

    [Fact]
    public async Task NewCluster_ReplacedByALinkWhileItIsMade_IsRefused()
    {
        Directory.CreateDirectory(Victim);
        await File.WriteAllTextAsync(Path.Combine(Victim, "secret"), "", Cancellation);
        var real = (await PostgresTool.FindAsync(ToolEnvironment.ForProcess(), static _ => { }, Cancellation)).BinDirectory;
        var programs = _place.CreateSubdirectory("bin");
        programs.UnixFileMode = Open | UnixFileMode.OtherRead;
        await ProgramAsync("postgres", $"exec '{real}/postgres' \"$@\"");
        await ProgramAsync("initdb", $"'{real}/initdb' \"$@\" && mv \"$2\" \"$2.away\" && ln -s '{Victim}' \"$2\"");
        var environment = ToolEnvironment.ForProcess(name =>
            name switch
            {
                ToolCache.RootVariable => Path.Combine(_place.FullName, "cache"),
                DataHome.RootVariable => Path.Combine(_place.FullName, "data"),
                _ => null,
            }
        );
        await using var data = DataDirectory.ThrowAway(environment, "postgres");

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            PostgresProcess.PrepareAsync(new(programs.FullName), environment, data, "postgres", "secret", 1, Cancellation)
        );

        Assert.Matches(
            $"^{_place.FullName}/cache/postgres-clusters/[^ ]*/cluster was replaced by a link while PostgreSQL made it, which a "
                + "program of the user "
                + $"'{_account.Name}' must have done: end that program\\.$",
            failure.Message
        );
        Assert.False(Directory.Exists(data.Path));

        async Task ProgramAsync(string name, string body)
        {
            var path = Path.Combine(programs.FullName, name);
            await File.WriteAllTextAsync(path, $"#!/bin/sh\n{body}\n", Cancellation);
            File.SetUnixFileMode(path, Open | UnixFileMode.OtherRead);
        }
    }

    public void Dispose()
    {
        if (_account is not null)
        {
            ServiceAccount.TakeBack(_place.FullName);
        }

        _place.Delete(recursive: true);
    }

    private async Task<string> ShellAsync(string script, params (string Name, string Value)[] variables)
    {
        var command = new ProcessCommand("/bin/sh", ["-c", script], "/", variables.ToDictionary(one => one.Name, one => one.Value));
        var outcome = await OneShot.RunAsync(_account.Run(command), "", Cancellation);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        return outcome.Output;
    }

    private static Process Start(ProcessCommand command) =>
        Process.Start(
            new ProcessStartInfo(command.ExecutablePath, command.Arguments)
            {
                WorkingDirectory = command.WorkingDirectory,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
}
