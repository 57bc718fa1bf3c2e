namespace Aspire.Hosting.ApplicationModel;

/// <summary>Reads what an application is made of.</summary>
public static class DistributedApplicationModelExtensions
{
    /// <summary>The resources that run code, wherever the application is deployed.</summary>
    /// <param name="model">The application.</param>
    /// <returns>The resources.</returns>
    public static IEnumerable<IResource> GetComputeResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Resources.OfType<IComputeResource>();
    }
}
