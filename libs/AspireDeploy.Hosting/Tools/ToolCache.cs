namespace AspireDeploy.Tools;

/// <summary>
/// The directory where fetched tools are kept: one directory per tool and version, shared by every AppHost of a user. Each of them is
/// whole or absent.
/// </summary>
/// <param name="Root">The cache's own directory.</param>
internal sealed record ToolCache(string Root)
{
    /// <summary>Gets the variable that puts the cache elsewhere.</summary>
    public const string RootVariable = "ASPIREDEPLOY_TOOLS";

    private const string Name = "aspiredeploy";

    /// <summary>Returns the directory of one version of a tool.</summary>
    public string Directory(string tool, string version) => Path.Combine(Root, tool, version);

    /// <summary>
    /// Returns the cache of <paramref name="environment"/>: <c>ASPIREDEPLOY_TOOLS</c>, else the user's cache directory. Root's is under
    /// <c>/var/cache</c>, because the unprivileged user that PostgreSQL runs as cannot read root's home.
    /// </summary>
    public static ToolCache In(ToolEnvironment environment) => new(Path.GetFullPath(RootIn(environment)));

    private static string RootIn(ToolEnvironment environment)
    {
        if (environment.Variable(RootVariable) is { } chosen)
        {
            return chosen;
        }

        if (environment.IsWindows)
        {
            return Path.Combine(environment.LocalApplicationData, Name);
        }

        if (environment.IsRoot)
        {
            return Path.Combine("/var/cache", Name);
        }

        return environment.IsMacOS
            ? Path.Combine(environment.Home, "Library", "Caches", Name)
            : Path.Combine(environment.Variable("XDG_CACHE_HOME") ?? Path.Combine(environment.Home, ".cache"), Name);
    }
}
