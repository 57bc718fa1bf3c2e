namespace Aspire.Hosting.ApplicationModel;

public static partial class ResourceExtensions
{
    /// <summary>The environment that the resource is deployed to.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>The environment; null if that wasn't said.</returns>
    public static IComputeEnvironmentResource? GetComputeEnvironment(this IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.TryGetLastAnnotation<ComputeEnvironmentAnnotation>(out var annotation) ? annotation.Environment : null;
    }

    /// <summary>What the resource is deployed as.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="targetComputeEnvironment">The environment; the resource's own if null.</param>
    /// <returns>What it is deployed as; null if that wasn't said.</returns>
    /// <exception cref="InvalidOperationException">There are several, and nothing says which.</exception>
    public static DeploymentTargetAnnotation? GetDeploymentTargetAnnotation(this IResource resource, IComputeEnvironmentResource? targetComputeEnvironment = null)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var targets = resource.Annotations.OfType<DeploymentTargetAnnotation>().ToList();
        if ((targetComputeEnvironment ?? resource.GetComputeEnvironment()) is { } environment)
        {
            return targets.LastOrDefault(t => t.ComputeEnvironment == environment);
        }

        return targets.Count <= 1
            ? targets.SingleOrDefault()
            : throw new InvalidOperationException(
                $"'{resource.Name}' is deployed in several ways: {string.Join(", ", targets.Select(t => t.DeploymentTarget.Name))}. Say which with WithComputeEnvironment.");
    }
}
