namespace Aspire.Hosting.Tools;

/// <summary>The directories that may hold the Aspire CLI's bundle, <c>dcp/</c> beside <c>managed/</c>, best first.</summary>
internal static class InstalledBundle
{
    private const string LayoutVariable = "ASPIRE_LAYOUT_PATH";

    public static IEnumerable<string> Candidates(ToolEnvironment environment, ToolCache cache)
    {
        yield return cache.Aspire;
        if (environment.Variable(LayoutVariable) is { } layout)
        {
            yield return layout;
            yield return Path.Combine(layout, "bundle");
        }
        // The CLI's install script puts the executable in <prefix>/bin and the bundle in <prefix>/bundle.
        if (environment.OnPath("aspire") is { } cli)
            yield return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(cli)!, "..", "bundle"));
        yield return Path.Combine(environment.Home, ".aspire", "bundle");
    }
}
