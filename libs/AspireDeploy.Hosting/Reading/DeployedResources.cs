using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;
using AspireDeploy.Targets;

namespace AspireDeploy.Reading;

/// <summary>Which resources of an app model are deployed, as what, and which workload stands for one that lives inside another.</summary>
internal sealed class DeployedResources
{
    private readonly HashSet<IResource> _workloads;

    internal DeployedResources(DistributedApplicationModel model, List<PlanError> errors)
    {
        Workloads = [.. model.Resources.Where(static resource => !resource.IsExcludedFromPublish() && resource is not GatewayResource && (resource is ProjectResource || resource.IsContainer()))];
        _workloads = [.. Workloads];
        Gateways = [.. model.Resources.OfType<GatewayResource>()];
        Awaited = [.. model.Resources.SelectMany(static resource => resource.Annotations.OfType<WaitAnnotation>()).Where(static wait => wait.WaitType == WaitType.WaitForCompletion).Select(static wait => wait.Resource)];
        foreach (var resource in model.Resources)
        {
            if (!resource.IsExcludedFromPublish() && !_workloads.Contains(resource) && Refusal(resource) is { } refusal) errors.Add(new(resource.Name, refusal));
        }
    }

    /// <summary>What runs in containers, in the order of the declaration.</summary>
    internal IReadOnlyList<IResource> Workloads { get; }

    /// <summary>The edges that were declared.</summary>
    internal IReadOnlyList<GatewayResource> Gateways { get; }

    /// <summary>The resources that others wait for to complete.</summary>
    internal HashSet<IResource> Awaited { get; }

    /// <summary>The workload that a resource is or lives inside; null if it isn't deployed.</summary>
    internal IResource? WorkloadOf(IResource resource)
    {
        for (var holder = resource; holder is not null; holder = (holder as IResourceWithParent)?.Parent)
        {
            if (_workloads.Contains(holder)) return holder;
        }
        return null;
    }

    // What a value refers to is deployed by value; a database comes with its server.
    private string? Refusal(IResource resource) => resource switch
    {
        ParameterResource or ExternalServiceResource or TargetResource or GatewayResource => null,
        IResourceWithParent when WorkloadOf(resource) is not null => null,
        IResourceWithConnectionString and not IResourceWithEndpoints => null,
        ExecutableResource => "is a program on this machine, and only containers are deployed; make a container or a project of it, or leave it out with ExcludeFromManifest()",
        _ => $"is a {resource.GetType().Name}, which no target can deploy; make a container or a project of it, or leave it out with ExcludeFromManifest()",
    };
}
