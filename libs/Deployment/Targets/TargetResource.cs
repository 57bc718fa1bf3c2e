using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Targets;

/// <summary>A target in the declaration: what the application is published for and deployed to. It doesn't run.</summary>
/// <param name="name">The resource's name, which is its folder's.</param>
public abstract class TargetResource(string name) : Resource(name), IResourceWithoutLifetime
{
    /// <summary>The target, with everything that was chosen of it.</summary>
    public abstract ITarget Target { get; }
}
