using System.Collections.Immutable;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Names each instance of a resource, as DCP and the dashboard know it: the resource's name, a hyphen and eight letters. It is the first thing that happens when the application starts, so that
/// whoever publishes or logs for a resource before it runs does so for its instances. How many there are is settled with it.
/// </summary>
internal static class InstanceNames
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const int SuffixLength = 8;

    /// <summary>Names the instances of those that don't have names yet and are processes or containers.</summary>
    public static void Give(IEnumerable<IResource> resources)
    {
        foreach (var resource in resources.Where(static resource => resource is ProjectResource or ExecutableResource or ContainerResource)) Of(resource);
    }

    /// <summary>A resource's instances, named now if they aren't yet.</summary>
    /// <exception cref="DistributedApplicationException">There are to be more or fewer than have been named.</exception>
    public static ImmutableArray<ResourceInstance> Of(IResource resource)
    {
        var count = resource.GetReplicaCount();
        if (!resource.TryGetLastAnnotation<ResourceInstancesAnnotation>(out var named))
        {
            named = new([.. Enumerable.Range(0, count).Select(index => Create(resource.Name, index))]);
            resource.Annotations.Add(named);
        }

        return named.Instances.Length == count
            ? named.Instances
            : throw new DistributedApplicationException($"{resource.Name} had {named.Instances.Length} replicas when the application began to start, and now has {count}: declare them before, or in an IDistributedApplicationEventingSubscriber.");
    }

    private static ResourceInstance Create(string resourceName, int index)
    {
        var suffix = RandomNumberGenerator.GetString(Letters, SuffixLength);
        return new($"{resourceName}-{suffix}", suffix, index);
    }
}
