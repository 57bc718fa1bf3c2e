using System.Text.Json.Serialization;

namespace Aspire.Hosting;

/// <summary>The ways to start a project, from its <c>launchSettings.json</c>.</summary>
public sealed class LaunchSettings
{
    /// <summary>The ways, by their names, in the order of the file.</summary>
    [JsonPropertyName("profiles")]
    public Dictionary<string, LaunchProfile> Profiles { get; set; } = [];
}
