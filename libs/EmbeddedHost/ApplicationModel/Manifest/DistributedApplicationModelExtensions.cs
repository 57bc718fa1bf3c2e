namespace Aspire.Hosting.ApplicationModel;

/// <summary>Reads what an application is made of.</summary>
public static class DistributedApplicationModelExtensions
{
    /// <summary>The resources that run code when deployed: projects and containers, except those left out.</summary>
    /// <param name="model">The application.</param>
    /// <returns>The resources.</returns>
    public static IEnumerable<IResource> GetComputeResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Resources.Where(r => !r.IsExcludedFromPublish() && (r is ProjectResource || r.IsContainer()));
    }
}
