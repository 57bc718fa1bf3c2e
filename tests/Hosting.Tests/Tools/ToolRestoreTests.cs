using System.Runtime.Versioning;
using AspireDeploy.PostgreSQL;
using AspireDeploy.Redis;
using AspireDeploy.Tools;

namespace AspireDeploy.Hosting.Tests.Tools;

public sealed class ToolRestoreTests : IDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("aspiredeploy-tools-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Root => Path.Combine(_place.FullName, "cache");

    private string Tool => Path.Combine(Root, "tool", "1.0");

    [Fact]
    public async Task Ensure_TwoAtOnce_PrepareOnce()
    {
        var prepared = 0;

        await Task.WhenAll(EnsureAsync(PrepareAsync), EnsureAsync(PrepareAsync), EnsureAsync(PrepareAsync));

        Assert.Equal(1, prepared);
        Assert.Equal("whole", await File.ReadAllTextAsync(Path.Combine(Tool, "program"), Cancellation));

        async Task<string> PrepareAsync(Staging staging, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref prepared);
            return await WholeAsync(staging, cancellationToken);
        }
    }

    [Fact]
    public async Task Ensure_Interrupted_LeavesNothingThatStopsTheNext()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            EnsureAsync(
                async (staging, token) =>
                {
                    await WholeAsync(staging, token);
                    throw new OperationCanceledException();
                }
            )
        );

        Assert.False(Directory.Exists(Tool));
        await EnsureAsync(WholeAsync);
        Assert.True(File.Exists(Path.Combine(Tool, "program")));
    }

    [Fact]
    public async Task Ensure_WhatAKilledOneHasLeft_IsReplaced()
    {
        Directory.CreateDirectory(Path.Combine(Root, ".staging", "new", "half"));

        await EnsureAsync(WholeAsync);

        Assert.Equal(["program"], Directory.GetFileSystemEntries(Tool).Select(Path.GetFileName));
        Assert.False(Directory.Exists(Path.Combine(Root, ".staging")));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Ensure_WhereOthersCouldWrite_LeavesTheToolToItsOwner()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        const UnixFileMode Everyone = (UnixFileMode)0b111_111_111;
        const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        Directory.CreateDirectory(Root);
        File.SetUnixFileMode(Root, Everyone);

        await EnsureAsync(
            async (staging, token) =>
            {
                var tool = await WholeAsync(staging, token);
                File.SetUnixFileMode(tool, Everyone);
                File.SetUnixFileMode(Path.Combine(tool, "program"), Everyone);
                return tool;
            }
        );

        Assert.All([Root, Path.GetDirectoryName(Tool)!, Tool, Path.Combine(Tool, "program")], path =>
            Assert.Equal((path, UnixFileMode.None), (path, File.GetUnixFileMode(path) & OthersWrite))
        );
        Assert.Equal(Everyone & ~OthersWrite, File.GetUnixFileMode(Path.Combine(Tool, "program")));
    }

    [Fact]
    public async Task Postgres_CacheThatCannotBeWritten_SaysSoWithTheVariable()
    {
        await File.WriteAllTextAsync(Root, "a file", Cancellation);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            PostgresTool.FindAsync(Environment(("ASPIREDEPLOY_TOOLS", Root)), static _ => { }, Cancellation)
        );

        Assert.StartsWith(
            $"PostgreSQL is not on this machine, and could not be fetched: The tool cache {Root} can't be written (",
            failure.Message
        );
        Assert.EndsWith(
            "): set ASPIREDEPLOY_TOOLS to a directory of yours. Install Node.js 20 or newer, or PostgreSQL, or set ASPIREDEPLOY_POSTGRES.",
            failure.Message
        );
    }

    [Fact]
    public async Task Postgres_WithoutNpm_SaysWhatToInstall()
    {
        List<string> said = [];

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            PostgresTool.FindAsync(Environment(("ASPIREDEPLOY_TOOLS", Root)), said.Add, Cancellation)
        );

        Assert.Equal(
            "PostgreSQL is not on this machine, and could not be fetched: npm, which comes with Node.js, is not in PATH. Install "
                + "Node.js 20 or newer, or "
                + "PostgreSQL, or set ASPIREDEPLOY_POSTGRES.",
            failure.Message
        );
        Assert.StartsWith($"Fetching PostgreSQL {PostgresTool.Version} with npm into {Root}", Assert.Single(said));
    }

    [Fact]
    public async Task Redis_NamedButMissing_SaysWhichVariable()
    {
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            RedisTool.FindAsync(Environment(("ASPIREDEPLOY_REDIS", "/nowhere")), Root, static _ => { }, Cancellation)
        );

        Assert.Equal(
            "ASPIREDEPLOY_REDIS points to '/nowhere', which does not exist: correct it, or unset it to have Garnet "
                + $"{RedisTool.Version} fetched.",
            failure.Message
        );
    }

    public void Dispose() => _place.Delete(recursive: true);

    // A machine with nothing installed.
    private ToolEnvironment Environment(params (string Name, string Value)[] variables) =>
        new(name => variables.FirstOrDefault(variable => variable.Name == name).Value) { FileSystem = _place.FullName };

    private static async Task<string> WholeAsync(Staging staging, CancellationToken cancellationToken)
    {
        var directory = staging.Directory("new");
        await File.WriteAllTextAsync(Path.Combine(directory, "program"), "whole", cancellationToken);
        return directory;
    }

    private Task EnsureAsync(Func<Staging, CancellationToken, Task<string>> prepareAsync) =>
        new ToolRestore(new ToolCache(Root)).EnsureAsync(Tool, prepareAsync, Cancellation);
}
