using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.Starting;

/// <summary>
/// Looks before a run whether somebody else listens on a port that is declared. Aspire 13.6 starts all the same: requests go to whoever has
/// the port, or the AppHost ends with a stack trace.
/// </summary>
internal static class FixedPorts
{
    // What a run that was just killed has left is ended by its orchestrator.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits a little for ports that are taken.</summary>
    /// <exception cref="DistributedApplicationException">One stays taken.</exception>
    internal static async Task CheckAsync(
        IEnumerable<IResource> resources,
        IConfiguration configuration,
        bool dashboard,
        CancellationToken cancellationToken
    )
    {
        List<(int Port, string Need)> needs =
        [
            .. resources.Where(StartsNow).SelectMany(OfResource),
            .. dashboard ? OfDashboard(configuration) : [],
        ];
        using var timeout = new CancellationTokenSource(Timeout);
        foreach (var (port, need) in needs)
        {
            while (PortHolder.IsTaken(port))
            {
                if (timeout.IsCancellationRequested)
                {
                    throw new DistributedApplicationException(PortHolder.Taken(port, need));
                }

                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Replicas are started on request, and at once. What outlives runs may have its port from the last.
    private static bool StartsNow(IResource resource) =>
        (resource.GetReplicaCount() > 1 || !resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
        && !(
            resource.TryGetLastAnnotation<ContainerLifetimeAnnotation>(out var lifetime)
            && lifetime.Lifetime == ContainerLifetime.Persistent
        );

    private static IEnumerable<(int Port, string Need)> OfResource(IResource resource) =>
        from endpoint in resource.Annotations.OfType<EndpointAnnotation>()
        where endpoint.Port is > 0
        select (endpoint.Port!.Value, $"'{resource.Name}' needs it for its endpoint '{endpoint.Name}'");

    private static IEnumerable<(int Port, string Need)> OfDashboard(IConfiguration configuration) =>
        from setting in (string[])
            [
                "ASPNETCORE_URLS",
                "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL",
                "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL",
                "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL",
            ]
        from url in configuration[setting]?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? []
        where Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Port > 0
        select (new Uri(url).Port, $"the dashboard needs it ({setting})");
}
