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
        await Assert.ThrowsAsync<OperationCanceledException>(() => EnsureAsync(async (staging, token) =>
        {
            await WholeAsync(staging, token);
            throw new OperationCanceledException();
        }));

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
    public async Task Postgres_CacheThatCannotBeWritten_SaysSoWithTheVariable()
    {
        await File.WriteAllTextAsync(Root, "a file", Cancellation);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => PostgresTool.FindAsync(Environment(("ASPIREDEPLOY_TOOLS", Root)), static _ => { }, Cancellation));

        Assert.StartsWith($"PostgreSQL is not on this machine, and could not be fetched: The tool cache {Root} can't be written (", failure.Message);
        Assert.EndsWith(
            "): set ASPIREDEPLOY_TOOLS to a directory of yours. Install Node.js 20 or newer, or PostgreSQL, or set ASPIREDEPLOY_POSTGRES.",
            failure.Message);
    }

    [Fact]
    public async Task Postgres_WithoutNpm_SaysWhatToInstall()
    {
        List<string> said = [];

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => PostgresTool.FindAsync(Environment(("ASPIREDEPLOY_TOOLS", Root)), said.Add, Cancellation));

        Assert.Equal(
            "PostgreSQL is not on this machine, and could not be fetched: npm, which comes with Node.js, is not in PATH. Install Node.js 20 or newer, or "
            + "PostgreSQL, or set ASPIREDEPLOY_POSTGRES.",
            failure.Message);
        Assert.StartsWith($"Fetching PostgreSQL {PostgresTool.Version} with npm into {Root}", Assert.Single(said));
    }

    [Fact]
    public async Task Redis_NamedButMissing_SaysWhichVariable()
    {
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => RedisTool.FindAsync(Environment(("ASPIREDEPLOY_REDIS", "/nowhere")), Root, static _ => { }, Cancellation));

        Assert.Equal(
            $"ASPIREDEPLOY_REDIS points to '/nowhere', which does not exist: correct it, or unset it to have Garnet {RedisTool.Version} fetched.", failure.Message);
    }

    public void Dispose() => _place.Delete(recursive: true);

    private static ToolEnvironment Environment(params (string Name, string Value)[] variables)
    {
        Assert.SkipWhen(Directory.Exists("/usr/lib/postgresql"), "The machine has a PostgreSQL of its own.");
        return new(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
    }

    private static async Task<string> WholeAsync(Staging staging, CancellationToken cancellationToken)
    {
        var directory = staging.Directory("new");
        await File.WriteAllTextAsync(Path.Combine(directory, "program"), "whole", cancellationToken);
        return directory;
    }

    private Task EnsureAsync(Func<Staging, CancellationToken, Task<string>> prepareAsync) =>
        new ToolRestore(new ToolCache(Root)).EnsureAsync(Tool, prepareAsync, Cancellation);
}
