using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// Describes what a resource waits for: workloads, each once and by its strongest condition. A wait for a database is one for its server,
/// and one for a connection string one for whatever that waits for.
/// </summary>
internal static class DependencyReading
{
    /// <param name="resource">The resource.</param>
    /// <param name="deployed">What is deployed.</param>
    /// <param name="tellsHealth">Whether a workload tells its health: as in Aspire, one that doesn't is healthy once it runs.</param>
    /// <param name="findings">Takes the waits that are left out.</param>
    internal static EquatableArray<Dependency> Read(
        IResource resource,
        DeployedResources deployed,
        Func<IResource, bool> tellsHealth,
        Findings findings
    )
    {
        var found = new SortedDictionary<string, Dependency>(StringComparer.Ordinal);
        foreach (var wait in WaitsOf(resource, []))
        {
            if (wait.Resource is ParameterResource)
                continue;
            if (deployed.WorkloadOf(wait.Resource) is not { } workload)
            {
                findings.LeaveOut(
                    $"{resource.Name}.waits.{wait.Resource.Name}",
                    $"{wait.Resource.Name} isn't deployed, so nobody waits for it"
                );
                continue;
            }
            var condition = wait.WaitType switch
            {
                WaitType.WaitForCompletion => DependencyCondition.Completed,
                WaitType.WaitUntilStarted => DependencyCondition.Started,
                _ => tellsHealth(workload) ? DependencyCondition.Healthy : DependencyCondition.Started,
            };
            if (workload != resource && (!found.TryGetValue(workload.Name, out var known) || known.Condition < condition))
                found[workload.Name] = new(workload.Name, condition) { ExitCode = wait.ExitCode };
        }
        return found.Values.ToEquatableArray();
    }

    private static IEnumerable<WaitAnnotation> WaitsOf(IResource resource, HashSet<IResource> seen)
    {
        if (!seen.Add(resource))
            yield break;
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>())
        {
            if (wait.Resource is not ConnectionStringResource)
                yield return wait;
            else
                foreach (var inner in WaitsOf(wait.Resource, seen))
                    yield return inner;
        }
    }
}
