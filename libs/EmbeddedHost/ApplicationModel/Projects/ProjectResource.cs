using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project.</summary>
public class ProjectResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport,
    IResourceWithProbes, IComputeResource, IContainerFilesDestinationResource
{
    /// <summary>Creates a project.</summary>
    /// <param name="name">The resource's name.</param>
    public ProjectResource(string name) : base(name)
    {
        ImageSteps.AddTo(this);
    }
}
