using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

/// <summary>A subscription to an event of one resource.</summary>
/// <param name="resource">The resource; null for all of them.</param>
/// <param name="callback">What to call.</param>
public class DistributedApplicationResourceEventSubscription(IResource? resource, Func<IDistributedApplicationResourceEvent, CancellationToken, Task> callback)
    : DistributedApplicationEventSubscription((e, token) => callback((IDistributedApplicationResourceEvent)e, token))
{
    /// <summary>The resource; null for all of them.</summary>
    public IResource? Resource { get; } = resource;
}
