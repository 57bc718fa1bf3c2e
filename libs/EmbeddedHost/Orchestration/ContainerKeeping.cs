using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Orchestration;

/// <summary>What of containers outlives the run: a persistent container, found again by its name, and named volumes. An isolated run keeps nothing.</summary>
internal sealed class ContainerKeeping(IConfiguration configuration)
{
    private const int HashLength = 8;

    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const int RunLength = 8;

    /// <summary>Tells what this run makes for itself from what others make, in this process too.</summary>
    public string Run { get; } = RandomNumberGenerator.GetString(Letters, RunLength);

    private bool IsIsolated => configuration["AppHost:Isolated"] == "true";

    /// <summary>Whether the container goes on when the application has ended.</summary>
    public static bool IsPersistent(IResource resource) =>
        resource.IsContainer() && resource.Annotations.OfType<ContainerLifetimeAnnotation>().LastOrDefault() is { Lifetime: ContainerLifetime.Persistent };

    /// <summary>The engine's name of the container: what was declared, else one that every run of the AppHost gives it if it is to be found again, else the instance's.</summary>
    public string ContainerName(IResource resource, string objectName) =>
        resource.Annotations.OfType<ContainerNameAnnotation>().LastOrDefault()?.Name
        ?? (IsPersistent(resource) ? $"{resource.Name}-{configuration["AppHost:Sha256"]![..HashLength].ToLowerInvariant()}" : objectName);

    /// <summary>What is mounted. In an isolated run a named volume is one of the run's own, which DCP removes at the end.</summary>
    public async Task<List<ContainerVolumeMount>> MountsAsync(IResource resource, DcpClient client, CancellationToken cancellationToken)
    {
        var mounts = new List<ContainerVolumeMount>();
        foreach (var mount in resource.Annotations.OfType<ContainerMountAnnotation>())
        {
            var source = mount.Source ?? "";
            if (IsIsolated && mount.Type == ContainerMountType.Volume && source.Length > 0)
            {
                source = $"{source}-{Run}";
                if (await client.GetAsync<ContainerVolume>(source, cancellationToken).ConfigureAwait(false) is null)
                {
                    await client.CreateAsync(new ContainerVolume { Metadata = { Name = source }, Spec = new() { Name = source, Persistent = false } }, cancellationToken).ConfigureAwait(false);
                }
            }

            mounts.Add(new(mount.Type == ContainerMountType.BindMount ? "bind" : "volume", source, mount.Target, mount.IsReadOnly));
        }

        return mounts;
    }
}
