namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says what a resource is deployed as.</summary>
/// <param name="target">What it is deployed as, such as a file that a deployment tool reads.</param>
public sealed class DeploymentTargetAnnotation(IResource target) : IResourceAnnotation
{
    /// <summary>What it is deployed as.</summary>
    public IResource DeploymentTarget { get; set; } = target;

    /// <summary>Where its image is pushed to; null if that is the deployment tool's choice.</summary>
    public IContainerRegistry? ContainerRegistry { get; set; }

    /// <summary>Where it is deployed to; null if that wasn't said.</summary>
    public IComputeEnvironmentResource? ComputeEnvironment { get; set; }
}
