using System.Net;
using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.FastStart;

/// <summary>A resource's last start, which is over as soon as the resource has been healthy.</summary>
internal sealed class ResourceStart(IResource resource)
{
    private volatile bool _isOver;

    internal bool IsOver => _isOver;

    /// <summary>
    /// Gets the address that the resource itself listens on; null where it isn't known, or where a proxy listens for it, which does so
    /// before the resource does.
    /// </summary>
    internal IPEndPoint? Address =>
        !resource.HasAnnotationOfType<ContainerImageAnnotation>()
        && resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault() is { IsProxied: false, Port: { } port }
            ? new(IPAddress.Loopback, port)
            : null;

    internal void Begin() => _isOver = false;

    internal void End() => _isOver = true;
}
