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
        return candidates.FirstOrDefault(File.Exists) is { } path ? Read(path, resourceName) : null;
    }

    /// <summary>Reads a file of launch settings.</summary>
    /// <param name="path">The file.</param>
    /// <param name="owner">Whose it is, for the message.</param>
    /// <exception cref="DistributedApplicationException">It is malformed.</exception>
    public static LaunchSettings? Read(string path, string owner)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<LaunchSettings>(file, Options);
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"'{owner}': '{path}' is malformed: {e.Message}", e);
        }
    }
}
