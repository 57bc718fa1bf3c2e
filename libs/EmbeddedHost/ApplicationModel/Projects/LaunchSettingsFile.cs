using System.Text.Json;
using System.Text.Json.Serialization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Reads launch settings, and finds the profile that a project is launched by.</summary>
internal static class LaunchSettingsFile
{
    /// <returns>The profile and its name; null if the project has none, or is declared to use none.</returns>
    /// <exception cref="DistributedApplicationException">The file can't be read, or has no profile of the wanted name.</exception>
    public static (string Name, LaunchProfile Profile)? EffectiveProfile(IResource resource)
    {
        if (resource.Annotations.OfType<ExcludeLaunchProfileAnnotation>().Any() || resource.Annotations.OfType<IProjectMetadata>().LastOrDefault() is not { } project)
        {
            return null;
        }

        var profiles = Read(project)?.Profiles ?? [];
        if (resource.Annotations.OfType<LaunchProfileAnnotation>().LastOrDefault()?.LaunchProfileName is { } wanted)
        {
            return profiles.TryGetValue(wanted, out var named)
                ? (wanted, named)
                : throw new DistributedApplicationException(
                    $"'{resource.Name}' is to be launched by profile '{wanted}', which its launchSettings.json lacks. It has: {string.Join(", ", profiles.Keys)}.");
        }

        var preferred = resource.Annotations.OfType<DefaultLaunchProfileAnnotation>().LastOrDefault()?.LaunchProfileName;
        if (preferred is not null && profiles.TryGetValue(preferred, out var same))
        {
            return (preferred, same);
        }

        var first = profiles.FirstOrDefault(p => p.Value.CommandName == "Project");
        return first.Value is null ? null : (first.Key, first.Value);
    }

    private static LaunchSettings? Read(IProjectMetadata project)
    {
        var path = Path.Combine(Path.GetDirectoryName(project.ProjectPath)!, "Properties", "launchSettings.json");
        if (project.LaunchSettings is { } given || !File.Exists(path))
        {
            return project.LaunchSettings;
        }

        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, LaunchSettingsJson.Default.LaunchSettings);
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"'{path}' is not valid: {e.Message}");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(LaunchSettings))]
internal sealed partial class LaunchSettingsJson : JsonSerializerContext;
