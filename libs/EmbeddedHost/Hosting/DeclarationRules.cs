using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What can be known to be wrong before anything runs.</summary>
internal static class DeclarationRules
{
    /// <exception cref="DistributedApplicationException">The declaration breaks a rule; the message says which and where.</exception>
    public static void Check(IResourceCollection resources)
    {
        if (WaitCycle.Find(resources) is { } cycle)
        {
            throw new DistributedApplicationException(
                $"Resources wait for each other in a circle, so none of them could ever start: {string.Join(" → ", cycle.Select(r => r.Name))}. Remove one of the waits.");
        }

        foreach (var resource in resources)
        {
            foreach (var missing in resource.Annotations.OfType<WaitAnnotation>().Where(wait => !resources.Contains(wait.Resource)))
            {
                throw new DistributedApplicationException($"'{resource.Name}' waits for '{missing.Resource.Name}', which is not part of the application.");
            }
        }
    }
}
