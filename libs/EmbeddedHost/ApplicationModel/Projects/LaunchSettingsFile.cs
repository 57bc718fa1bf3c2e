using System.Text.Json;

namespace Aspire.Hosting;

internal static class LaunchSettingsFile
{
    private static readonly JsonSerializerOptions Options = new() { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The launch settings of a project: <c>Properties/launchSettings.json</c>, or <c>NAME.run.json</c> of a single file. Null if there are none.</summary>
    /// <exception cref="DistributedApplicationException">There is no such project, or the file is malformed.</exception>
    public static LaunchSettings? Read(IProjectMetadata project, string resourceName)
    {
        if (project.LaunchSettings is { } given)
        {
            return given;
        }

        if (!File.Exists(project.ProjectPath))
        {
            throw new DistributedApplicationException($"'{resourceName}': there is no project '{project.ProjectPath}'.");
        }

        string[] candidates =
        [
            Path.Combine(Path.GetDirectoryName(project.ProjectPath)!, "Properties", "launchSettings.json"),
            .. project.IsFileBasedApp ? [Path.ChangeExtension(project.ProjectPath, ".run.json")] : Array.Empty<string>(),
        ];
        if (candidates.FirstOrDefault(File.Exists) is not { } path)
        {
            return null;
        }

        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<LaunchSettings>(file, Options);
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"'{resourceName}': '{path}' is malformed: {e.Message}", e);
        }
    }
}
