namespace Aspire.Hosting.Tools;

/// <summary>DCP's executable.</summary>
/// <param name="ExecutablePath">Full path of <c>dcp</c>.</param>
internal sealed record DcpTool(string ExecutablePath);

/// <summary>Finds DCP: what the developer names, else the project's cache, else an installed Aspire CLI's bundle.</summary>
internal static class DcpLocator
{
    /// <summary>Names DCP's executable, as in official Aspire.</summary>
    public const string CliPathSetting = "DcpPublisher:CliPath";

    /// <summary>Names the directory that holds <c>dcp</c>, as in official Aspire.</summary>
    public const string DirectoryVariable = "ASPIRE_DCP_PATH";

    public static ToolSearch<DcpTool> Find(ToolEnvironment environment, ToolCache cache)
    {
        var dcp = environment.Executable("dcp");
        if (environment.Variable(CliPathSetting) is { } executable)
            return Named(executable, CliPathSetting);
        if (environment.Variable(DirectoryVariable) is { } directory)
            return Named(Directory.Exists(directory) ? Path.Combine(directory, dcp) : directory, DirectoryVariable);

        return InstalledBundle.Candidates(environment, cache)
            .Select(bundle => Path.Combine(bundle, "dcp", dcp))
            .FirstOrDefault(File.Exists) is { } found
                ? ToolSearch<DcpTool>.Found(new DcpTool(found))
                : ToolSearch<DcpTool>.Missing(
                    $"DCP {cache.Pins.Aspire} is missing from {cache.Aspire}: run 'dotnet build AppHost', with Node.js 20 or newer and the npm registry at hand, or set {DirectoryVariable}.");
    }

    private static ToolSearch<DcpTool> Named(string path, string setting) => File.Exists(path)
        ? ToolSearch<DcpTool>.Found(new DcpTool(Path.GetFullPath(path)))
        : ToolSearch<DcpTool>.Missing($"{setting} points to '{path}', where there is no DCP: correct it, or unset it to use the restored one.");
}
