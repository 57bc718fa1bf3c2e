namespace Aspire.Hosting.Tools;

/// <summary>Where restored tools live: one directory per tool and version, shared by every clone on the machine. Restored directories are whole or absent.</summary>
/// <param name="Root">The cache's own directory.</param>
/// <param name="Pins">The versions looked for.</param>
internal sealed record ToolCache(string Root, PinnedTools Pins)
{
    /// <summary>The variable that puts the cache elsewhere.</summary>
    public const string RootVariable = "ASPIREDEPLOY_TOOLS";

    private const string Name = "aspiredeploy";

    /// <summary>Holds <c>dcp/</c> and <c>managed/</c>.</summary>
    public string Aspire => Path.Combine(Root, "aspire", Pins.Aspire);

    /// <summary>Holds PostgreSQL's <c>bin/</c>, <c>lib/</c> and <c>share/</c>.</summary>
    public string Postgres => Path.Combine(Root, "postgres", Pins.Postgres);

    /// <summary>Holds <c>GarnetServer.dll</c>.</summary>
    public string Garnet => Path.Combine(Root, "garnet", Pins.Garnet);

    /// <summary>
    /// The cache of <paramref name="environment"/>: <c>ASPIREDEPLOY_TOOLS</c>, else the user's cache directory. Root's is under <c>/var/cache</c>, because
    /// the unprivileged user that PostgreSQL runs as cannot read root's home.
    /// </summary>
    public static ToolCache In(ToolEnvironment environment, PinnedTools? pins = null) =>
        new(Path.GetFullPath(RootIn(environment)), pins ?? PinnedTools.Current);

    private static string RootIn(ToolEnvironment environment)
    {
        if (environment.Variable(RootVariable) is { } chosen)
            return chosen;
        if (environment.IsWindows)
            return Path.Combine(environment.LocalApplicationData, Name);
        if (environment.IsRoot)
            return Path.Combine("/var/cache", Name);
        if (environment.IsMacOS)
            return Path.Combine(environment.Home, "Library", "Caches", Name);
        return Path.Combine(environment.Variable("XDG_CACHE_HOME") ?? Path.Combine(environment.Home, ".cache"), Name);
    }
}
