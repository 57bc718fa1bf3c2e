using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;

namespace AspireDeploy.FastStart;

/// <summary>
/// Takes the address of the dashboard's telemetry endpoint from projects where the run has no dashboard, as under test. Aspire 13.6 gives
/// it all the same, and a service that sends to nobody takes ten seconds to end.
/// </summary>
internal sealed class UnusedTelemetry(DistributedApplicationModel model, DistributedApplicationOptions options)
    : IDistributedApplicationEventingSubscriber
{
    private const string Address = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public Task SubscribeAsync(
        IDistributedApplicationEventing eventing,
        DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken
    )
    {
        foreach (var project in options.DisableDashboard ? model.GetProjectResources() : [])
        {
            project.Annotations.Add(
                new EnvironmentCallbackAnnotation(context =>
                {
                    // Aspire's own address is of this type; a collector that the AppHost names isn't.
                    if (context.EnvironmentVariables.GetValueOrDefault(Address) is HostUrl)
                    {
                        context.EnvironmentVariables.Remove(Address);
                    }
                })
            );
        }

        return Task.CompletedTask;
    }
}
