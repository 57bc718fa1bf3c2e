namespace Aspire.Hosting.Tools;

/// <summary>How the dashboard is started.</summary>
/// <param name="ExecutablePath">Full path of the program.</param>
/// <param name="Arguments">What must come before any argument of the dashboard's own.</param>
internal sealed record DashboardTool(string ExecutablePath, IReadOnlyList<string> Arguments);

/// <summary>Finds the dashboard: what the developer names, else the project's cache, else an installed Aspire CLI's bundle.</summary>
internal static class DashboardLocator
{
    /// <summary>Names the dashboard's program, as in official Aspire: <c>aspire-managed</c>, an <c>Aspire.Dashboard</c> executable or its <c>.dll</c>.</summary>
    public const string PathVariable = "ASPIRE_DASHBOARD_PATH";

    public const string PathSetting = "DcpPublisher:DashboardPath";

    private const string Managed = "aspire-managed";

    public static ToolSearch<DashboardTool> Find(ToolEnvironment environment, ToolCache cache)
    {
        foreach (var setting in (string[])[PathSetting, PathVariable])
        {
            if (environment.Variable(setting) is { } named)
                return File.Exists(named)
                    ? ToolSearch<DashboardTool>.Found(Started(Path.GetFullPath(named), environment))
                    : ToolSearch<DashboardTool>.Missing(
                        $"{setting} points to '{named}', where there is no dashboard: correct it, or unset it to use the restored one.");
        }

        return InstalledBundle.Candidates(environment, cache)
            .Select(bundle => Path.Combine(bundle, "managed", environment.Executable(Managed)))
            .FirstOrDefault(File.Exists) is { } found
                ? ToolSearch<DashboardTool>.Found(Started(found, environment))
                : ToolSearch<DashboardTool>.Missing(
                    $"The dashboard {cache.Pins.Aspire} is missing from {cache.Aspire}: run 'dotnet build AppHost', with Node.js 20 or newer and the npm registry at hand, or set {PathVariable}.");
    }

    private static DashboardTool Started(string path, ToolEnvironment environment)
    {
        if (Path.GetExtension(path).Equals(".dll", StringComparison.OrdinalIgnoreCase))
            return new(DotnetMuxer.Find(environment), [path]);
        // The bundle's program has several modes; the dashboard is one.
        return Path.GetFileNameWithoutExtension(path).Equals(Managed, StringComparison.OrdinalIgnoreCase) ? new(path, ["dashboard"]) : new(path, []);
    }
}
