namespace Aspire.Hosting.ApplicationModel;

/// <summary>Reads what was declared about projects.</summary>
public static class ProjectResourceExtensions
{
    /// <summary>The projects of an application.</summary>
    /// <param name="model">The application.</param>
    /// <returns>The projects.</returns>
    public static IEnumerable<ProjectResource> GetProjectResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Resources.OfType<ProjectResource>();
    }

    /// <summary>Where a project is.</summary>
    /// <param name="projectResource">The project.</param>
    /// <returns>Where it is.</returns>
    /// <exception cref="InvalidOperationException">That was not declared.</exception>
    public static IProjectMetadata GetProjectMetadata(this ProjectResource projectResource) => Project(projectResource);

    internal static IProjectMetadata Project(this IResource resource) => resource.TryGetLastAnnotation<IProjectMetadata>(out var project)
        ? project
        : throw new InvalidOperationException($"'{resource.Name}' is a project without a path: it lacks an {nameof(IProjectMetadata)}.");
}
