namespace Aspire.Hosting;

/// <summary>A project's <c>Properties/launchSettings.json</c>.</summary>
public sealed class LaunchSettings
{
    /// <summary>The profiles by their names, in the file's order.</summary>
    public Dictionary<string, LaunchProfile> Profiles { get; set; } = [];
}
