using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Where a project is. The build writes one for every project that the AppHost references: <c>Projects.Api</c>.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    /// <summary>The project's file, absolute.</summary>
    string ProjectPath { get; }

    /// <summary>Its launch settings; those beside it if null.</summary>
    LaunchSettings? LaunchSettings => null;

    /// <summary>Whether it is not built again when it is started. The embedded host never does: the AppHost's build has built it.</summary>
    bool SuppressBuild => false;
}
