namespace Aspire.Hosting.ApplicationModel;

/// <summary>Finds resources that wait for each other in a circle.</summary>
internal static class WaitCycle
{
    /// <returns>The circle, its first resource again at the end; null if there is none.</returns>
    public static IReadOnlyList<IResource>? Find(IEnumerable<IResource> resources)
    {
        var done = new HashSet<IResource>();
        return resources.Select(resource => Visit(resource, [], done)).FirstOrDefault(cycle => cycle is not null);
    }

    private static List<IResource>? Visit(IResource resource, List<IResource> path, HashSet<IResource> done)
    {
        var seen = path.IndexOf(resource);
        if (seen >= 0)
        {
            return [.. path[seen..], resource];
        }

        if (done.Contains(resource))
        {
            return null;
        }

        path.Add(resource);
        var cycle = Next(resource).Select(next => Visit(next, path, done)).FirstOrDefault(found => found is not null);
        path.RemoveAt(path.Count - 1);
        done.Add(resource);
        return cycle;
    }

    // A database starts with its server, so it waits for what that waits for.
    private static IEnumerable<IResource> Next(IResource resource)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource);
        return resource is IResourceWithParent child ? waits.Append(child.Parent) : waits;
    }
}
