using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Resources that live inside another and have no life of their own, as a database in its server: they share its state and its events.</summary>
internal sealed class Children(DistributedApplicationModel model)
{
    private readonly ILookup<IResource, IResource> _byParent = model.Resources
        .OfType<IResourceWithParent>()
        .Where(child => child is not (ContainerResource or ExecutableResource or ProjectResource or ParameterResource))
        .ToLookup(child => child.Parent, IResource (child) => child);

    /// <summary>A resource's children, their children, and so on.</summary>
    public IEnumerable<IResource> Of(IResource resource) => _byParent[resource].SelectMany(child => Of(child).Prepend(child));
}
