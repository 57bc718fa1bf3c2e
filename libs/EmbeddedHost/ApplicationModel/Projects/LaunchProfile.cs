using System.Text.Json.Serialization;

namespace Aspire.Hosting;

/// <summary>One way to start a project, from its <c>launchSettings.json</c>.</summary>
public sealed class LaunchProfile
{
    /// <summary>What is started: <c>Project</c> or <c>Executable</c>; others, such as <c>IISExpress</c>, are not for Aspire.</summary>
    [JsonPropertyName("commandName")]
    public string? CommandName { get; set; }

    /// <summary>The command line arguments, as one string.</summary>
    [JsonPropertyName("commandLineArgs")]
    public string? CommandLineArgs { get; set; }

    /// <summary>The program, if <see cref="CommandName"/> is <c>Executable</c>.</summary>
    [JsonPropertyName("executablePath")]
    public string? ExecutablePath { get; set; }

    /// <summary>Whether <c>dotnet run</c> says what it does.</summary>
    [JsonPropertyName("dotnetRunMessages")]
    public bool? DotnetRunMessages { get; set; }

    /// <summary>Whether a browser is opened.</summary>
    [JsonPropertyName("launchBrowser")]
    public bool? LaunchBrowser { get; set; }

    /// <summary>The address that the browser opens, or a path on the endpoints.</summary>
    [JsonPropertyName("launchUrl")]
    public string? LaunchUrl { get; set; }

    /// <summary>The addresses that the project listens on, separated by <c>;</c>.</summary>
    [JsonPropertyName("applicationUrl")]
    public string? ApplicationUrl { get; set; }

    /// <summary>The environment variables.</summary>
    [JsonPropertyName("environmentVariables")]
    public Dictionary<string, string> EnvironmentVariables { get; set; } = [];
}
