namespace Aspire.Hosting.ApplicationModel;

/// <summary>What an application is made of.</summary>
public class DistributedApplicationModel
{
    /// <summary>Creates a model over a collection that may still change.</summary>
    /// <param name="resources">The resources.</param>
    public DistributedApplicationModel(IResourceCollection resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        Resources = resources;
    }

    /// <summary>Creates a model over a copy of the resources.</summary>
    /// <param name="resources">The resources.</param>
    public DistributedApplicationModel(IEnumerable<IResource> resources)
        : this(new ResourceCollection(resources))
    {
    }

    /// <summary>The resources, in the order in which they were added.</summary>
    public IResourceCollection Resources { get; }
}
