using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Starting;

/// <summary>Finds resources that wait for each other in a circle: Aspire 13.6 leaves them waiting for ever.</summary>
internal static class WaitCycle
{
    /// <summary>Returns such a circle, from the resource met first back to itself: api, migrator, api; null if there is none.</summary>
    internal static IReadOnlyList<IResource>? Find(IEnumerable<IResource> resources)
    {
        var done = new HashSet<IResource>();
        var path = new List<IResource>();
        return resources.Select(Visit).FirstOrDefault(cycle => cycle is not null);

        IReadOnlyList<IResource>? Visit(IResource resource)
        {
            if (path.IndexOf(resource) is >= 0 and var start)
            {
                return [.. path[start..], resource];
            }

            if (done.Contains(resource))
            {
                return null;
            }

            path.Add(resource);
            var cycle = WaitsFor(resource).Select(Visit).FirstOrDefault(found => found is not null);
            path.RemoveAt(path.Count - 1);
            done.Add(resource);
            return cycle;
        }
    }

    private static IEnumerable<IResource> WaitsFor(IResource resource) =>
        resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource).Distinct();
}
