namespace Aspire.Hosting.ApplicationModel;

/// <summary>Finds projects.</summary>
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
    /// <returns>Its metadata.</returns>
    public static IProjectMetadata GetProjectMetadata(this ProjectResource projectResource)
    {
        ArgumentNullException.ThrowIfNull(projectResource);
        return projectResource.Annotations.OfType<IProjectMetadata>().Single();
    }
}
