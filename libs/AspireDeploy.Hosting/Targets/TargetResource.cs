using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Targets;

/// <summary>A target in the declaration: what the application is published for and deployed to. It doesn't run.</summary>
/// <param name="name">The resource's name, which is its folder's.</param>
public abstract class TargetResource(string name) : Resource(name), IResourceWithoutLifetime
{
    /// <summary>Gets the target, with everything that was chosen of it.</summary>
    internal abstract ITarget Target { get; }

    /// <summary>Gets how it is deployed from here.</summary>
    internal abstract ScriptedDeployment Deployment { get; }

    /// <summary>
    /// Gets the registry that the application's images are pushed to, with a path if it has one: <c>ghcr.io/acme</c>; null: they stay on
    /// this machine.
    /// </summary>
    /// <exception cref="Model.PlanException">What is declared isn't a registry, or isn't known when publishing.</exception>
    internal string? Registry => ImageRegistry.Find(this);
}
