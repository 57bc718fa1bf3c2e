using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;
using AspireDeploy.Targets;

namespace AspireDeploy.Reading;

/// <summary>
/// Describes which resources of an app model are deployed, as what, and which workload stands for one that lives inside another.
/// </summary>
internal sealed class DeployedResources
{
    // Aspire may put another resource of the same name in the place of one that others refer to: a container in that of a program, where
    // PublishAsDockerFile says so.
    private readonly Dictionary<string, IResource> _workloads;

    private readonly List<IResource> _resources;

    internal DeployedResources(DistributedApplicationModel model)
    {
        _resources = [.. model.Resources];
        Awaited =
        [
            .. model
                .Resources.SelectMany(static resource => resource.Annotations.OfType<WaitAnnotation>())
                .Where(static wait => wait.WaitType == WaitType.WaitForCompletion)
                .Select(static wait => wait.Resource.Name),
        ];
        Workloads =
        [
            .. model.Resources.Where(resource =>
                !IsExcluded(resource) && IsDeployable(resource) && !IsStartedByHand(resource) && EnvironmentOf(resource) is null
            ),
        ];
        _workloads = Workloads.ToDictionary(static resource => resource.Name, StringComparer.OrdinalIgnoreCase);
        Gateways = [.. model.Resources.OfType<GatewayResource>()];
    }

    /// <summary>Returns the resources that aren't deployed, why, and how they would be.</summary>
    internal IEnumerable<LeftOut> LeftOut(DistributedApplicationModel model) =>
        model
            .Resources.Where(resource => !_workloads.ContainsKey(resource.Name) && !IsHidden(resource))
            .Select(static resource => ReasonOf(resource) is { } reason ? new LeftOut(resource.Name, reason.Why, reason.Remedy) : null)
            .OfType<LeftOut>();

    /// <summary>Gets what runs in containers, in the order of the declaration.</summary>
    internal IReadOnlyList<IResource> Workloads { get; }

    /// <summary>Gets the gateways that were declared.</summary>
    internal IReadOnlyList<GatewayResource> Gateways { get; }

    /// <summary>Gets the names of the resources that others wait for to complete.</summary>
    internal HashSet<string> Awaited { get; }

    /// <summary>Returns the resources that live inside another.</summary>
    internal IEnumerable<IResource> ChildrenOf(IResource parent) =>
        _resources.Where(resource => resource is IResourceWithParent child && child.Parent == parent);

    /// <summary>Returns the workload that a resource is or lives inside; null if it isn't deployed.</summary>
    internal IResource? WorkloadOf(IResource resource)
    {
        for (var holder = resource; holder is not null; holder = (holder as IResourceWithParent)?.Parent)
        {
            if (_workloads.TryGetValue(holder.Name, out var workload))
                return workload;
        }
        return null;
    }

    /// <summary>Returns what is kept out of single targets.</summary>
    internal IEnumerable<Exclusion> Exclusions()
    {
        var targets = _resources.OfType<TargetResource>().Select(static target => target.Name).ToList();
        foreach (var resource in Workloads.Concat(Gateways))
        {
            foreach (var target in targets)
            {
                if (resource.Annotations.OfType<ExcludedFromAnnotation>().Any(excluded => excluded.Target == target))
                    yield return new(
                        resource.Name,
                        target,
                        "It is kept out of this target (ExcludeFrom)",
                        "take ExcludeFrom away to have it here too"
                    );
                else if (resource.TryGetLastAnnotation<OnlyOnAnnotation>(out var only) && !only.Targets.Contains(target))
                    yield return new(
                        resource.Name,
                        target,
                        $"It is for {string.Join(", ", only.Targets)} alone (WithComputeEnvironment)",
                        $"name {target} there too to have it here"
                    );
            }
        }
    }

    /// <summary>Returns whether a resource is kept out of a target.</summary>
    internal static bool IsKeptOut(IResource resource, string target) =>
        resource.Annotations.OfType<ExcludedFromAnnotation>().Any(excluded => excluded.Target == target)
        || (resource.TryGetLastAnnotation<OnlyOnAnnotation>(out var only) && !only.Targets.Contains(target));

    // Another publisher's, where somebody has chosen it.
    private static IComputeEnvironmentResource? EnvironmentOf(IResource resource) =>
        resource.HasAnnotationOfType<UnboundAnnotation>() ? null : resource.GetComputeEnvironment();

    private static bool IsExcluded(IResource resource) =>
        resource.IsExcludedFromPublish() && !resource.HasAnnotationOfType<DescribedElsewhereAnnotation>();

    // What is added to an application by others, and shown to nobody.
    private static bool IsHidden(IResource resource) =>
        resource.Annotations.Any(static annotation =>
            annotation.GetType().Name == "HiddenAnnotation" || annotation is ResourceSnapshotAnnotation { InitialSnapshot.IsHidden: true }
        );

    // An image without an entry point holds files for the images of others.
    private static bool IsDeployable(IResource resource) =>
        resource is not GatewayResource
        && (resource is ProjectResource || resource.IsContainer())
        && !(resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var built) && !built.HasEntrypoint);

    // What others wait for to complete is started for them.
    private bool IsStartedByHand(IResource resource) =>
        resource.HasAnnotationOfType<ExplicitStartupAnnotation>() && !Awaited.Contains(resource.Name);

    /// <summary>Returns why a resource isn't deployed, and how it would be; null if that needs no telling.</summary>
    // What a value refers to is deployed by value; a database comes with its server. Targets, registries and environments are where
    // something is deployed to.
    internal static (string Why, string Remedy)? ReasonOf(IResource resource) =>
        resource switch
        {
            ParameterResource
            or ExternalServiceResource
            or TargetResource
            or GatewayResource
            or IComputeEnvironmentResource
            or IContainerRegistry => null,
            _ when IsExcluded(resource) => ("It is kept out of publishing (ExcludeFromManifest)", ""),
            IResourceWithParent => null,
            IResourceWithConnectionString and not IResourceWithEndpoints => null,
            _ when EnvironmentOf(resource) is { } environment => (
                $"It is for the compute environment {environment.Name} (WithComputeEnvironment)",
                "take WithComputeEnvironment away to have it on the targets too"
            ),
            _ when IsDeployable(resource) => (
                "It is started by hand, and what is deployed starts by itself",
                "take WithExplicitStart() away"
            ),
            _ when resource.HasAnnotationOfType<DockerfileBuildAnnotation>() => null,
            ExecutableResource => (
                "It is a program on this machine, and only containers are deployed",
                "make a container of it with PublishAsDockerFile(), or a project"
            ),
            _ => (
                $"It is a {resource.GetType().Name}, which no target here deploys",
                "deploy it by its own means, or declare a container or a project"
            ),
        };
}
