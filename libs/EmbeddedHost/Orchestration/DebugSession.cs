using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// The session of the IDE that started the AppHost, if one did that runs projects itself: F5 then debugs them too. DCP asks it to start them, by what stands in its own environment.
/// (Aspire's specification of IDE execution: <c>DEBUG_SESSION_PORT</c>, <c>DEBUG_SESSION_INFO</c>, the launch configuration <c>project</c>.)
/// </summary>
internal sealed class DebugSession(IConfiguration configuration)
{
    private const string LaunchConfigurations = "executable.usvc-dev.developer.microsoft.com/launch-configurations";
    private const string ProjectType = "project";

    private readonly bool _runsProjects = !string.IsNullOrEmpty(configuration["DEBUG_SESSION_PORT"]) && Supports(configuration["DEBUG_SESSION_INFO"]);

    /// <summary>The executable, for the IDE to start if that is its to do, and for DCP itself should the IDE refuse.</summary>
    /// <param name="resource">What it runs.</param>
    /// <param name="executable">As DCP would start it.</param>
    public Executable Take(IResource resource, Executable executable)
    {
        if (!_runsProjects || resource is not ProjectResource project) return executable;
        // The profile has been applied here, to the environment and the arguments.
        var mode = configuration["DEBUG_SESSION_RUN_MODE"] ?? (Debugger.IsAttached ? "Debug" : "NoDebug");
        var launch = new ProjectLaunch(ProjectType, project.GetProjectMetadata().ProjectPath, mode, DisableLaunchProfile: true);
        executable.Metadata.Annotations![LaunchConfigurations] = JsonSerializer.Serialize([launch], DebugSessionJson.Default.ProjectLaunchArray);
        executable.Spec.ExecutionType = "IDE";
        executable.Spec.FallbackExecutionTypes = ["Process"];
        return executable;
    }

    // Visual Studio doesn't say what it supports; projects are what there was first.
    private static bool Supports(string? information)
    {
        if (string.IsNullOrEmpty(information)) return true;
        try
        {
            return JsonSerializer.Deserialize(information, DebugSessionJson.Default.DebugSessionInformation)?.SupportedLaunchConfigurations?.Contains(ProjectType) ?? true;
        }
        catch (JsonException)
        {
            return true;
        }
    }
}

/// <summary>What an IDE says of itself.</summary>
internal sealed record DebugSessionInformation([property: JsonPropertyName("supported_launch_configurations")] List<string>? SupportedLaunchConfigurations);

/// <summary>What an IDE is told of a project to start.</summary>
internal sealed record ProjectLaunch(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("project_path")] string ProjectPath,
    [property: JsonPropertyName("mode")] string Mode,
    [property: JsonPropertyName("disable_launch_profile")] bool DisableLaunchProfile);

[JsonSerializable(typeof(DebugSessionInformation))]
[JsonSerializable(typeof(ProjectLaunch[]))]
internal sealed partial class DebugSessionJson : JsonSerializerContext;
