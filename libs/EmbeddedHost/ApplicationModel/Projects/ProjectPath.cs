namespace Aspire.Hosting;

/// <summary>Where a project that was added by its path is.</summary>
internal sealed class ProjectPath(string path) : IProjectMetadata
{
    string IProjectMetadata.ProjectPath => path;

    /// <summary>The project that a path means, absolute: of a directory with one project file in it, that file.</summary>
    public static ProjectPath Of(string baseDirectory, string path)
    {
        var full = Path.GetFullPath(path.Replace('\\', Path.DirectorySeparatorChar), baseDirectory);
        return new(Directory.Exists(full) && Directory.GetFiles(full, "*.csproj") is [var project] ? project : full);
    }
}
