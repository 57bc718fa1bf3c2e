using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Tools;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.BackingServices;

/// <summary>The data directories of the resources that run as processes: that of a resource's volume, or one that goes with the run. Held until the run ends.</summary>
internal sealed class BackingData(AppHostIdentity appHost, IConfiguration configuration) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<IResource, DataDirectory> _held = new();

    public ToolEnvironment Tools { get; } = ToolEnvironment.ForProcess(name => configuration[name]);

    /// <summary>An isolated run keeps nothing: it shares no data with another run of the same clone.</summary>
    public bool IsKept(IResource resource) => Mount(resource) is not null && configuration["AppHost:Isolated"] != "true";

    public DataDirectory Of(IResource resource) => _held.GetOrAdd(resource, Take);

    public async ValueTask DisposeAsync()
    {
        foreach (var directory in _held.Values)
        {
            await directory.DisposeAsync().ConfigureAwait(false);
        }
    }

    private DataDirectory Take(IResource resource)
    {
        if (!IsKept(resource))
        {
            return DataDirectory.ThrowAway(Tools);
        }

        var mount = Mount(resource)!;
        return DataDirectory.OfVolume(mount.Type == ContainerMountType.BindMount
            ? mount.Source!
            : DataHome.Volume(DataHome.Solution(Tools, appHost.Name, appHost.Path), mount.Source ?? resource.Name));
    }

    private static ContainerMountAnnotation? Mount(IResource resource) => resource.Annotations.OfType<ContainerMountAnnotation>().FirstOrDefault();
}
