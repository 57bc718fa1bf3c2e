using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Where a project is. The build makes a class of this for each project that the AppHost refers to, in the namespace <c>Projects</c>.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    /// <summary>The full path of the project's file.</summary>
    string ProjectPath { get; }

    /// <summary>The project's launch settings; read from its directory if null.</summary>
    LaunchSettings? LaunchSettings => null;

    /// <summary>Whether the project is not built before it runs.</summary>
    bool SuppressBuild => false;

    /// <summary>Whether the project is a single <c>.cs</c> file.</summary>
    bool IsFileBasedApp => string.Equals(Path.GetExtension(ProjectPath), ".cs", StringComparison.OrdinalIgnoreCase);
}
