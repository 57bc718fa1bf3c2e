using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>In which order an application stops: nothing stops before what waits for it has stopped.</summary>
internal static class StopOrder
{
    /// <summary>Groups the resources into waves; all of a wave may stop at once.</summary>
    /// <param name="resources">The resources, without a wait cycle.</param>
    public static IReadOnlyList<IReadOnlyList<IResource>> Waves(IEnumerable<IResource> resources)
    {
        var all = resources.ToList();
        var depth = new Dictionary<IResource, int>();
        return [.. all.GroupBy(Depth).OrderByDescending(wave => wave.Key).Select(wave => wave.ToList())];

        // The length of the longest chain of waits from the resource down to one that waits for nothing.
        int Depth(IResource resource)
        {
            if (!depth.TryGetValue(resource, out var known))
            {
                depth[resource] = 0;
                depth[resource] = known = WaitsFor(resource).Select(Root).Where(r => r != resource).Select(r => Depth(r) + 1).DefaultIfEmpty(0).Max();
            }

            return known;
        }

        static IEnumerable<IResource> WaitsFor(IResource resource) => resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource);

        // A database stops with its server.
        static IResource Root(IResource resource) => resource is IResourceWithParent { Parent: { } parent } ? Root(parent) : resource;
    }
}
