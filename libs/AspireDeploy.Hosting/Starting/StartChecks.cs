using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using AspireDeploy.Mistakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AspireDeploy.Starting;

/// <summary>Refuses a run that couldn't come up, before anything of it is started: each mistake is one line that says what to do.</summary>
internal sealed class StartChecks(
    DistributedApplicationModel model,
    DistributedApplicationOptions options,
    IConfiguration configuration,
    RunLock runLock
) : IDistributedApplicationEventingSubscriber
{
    /// <summary>Adds the checks, once, and only where the application is run.</summary>
    internal static void AddTo(IDistributedApplicationBuilder builder)
    {
        MistakeLine.Show();
        if (!builder.ExecutionContext.IsRunMode)
        {
            return;
        }

        StartArguments.RefuseMisspelt(StartArguments.Read(builder));
        IsolatedRun.Honour(builder);
        builder.Services.TryAddSingleton<RunLock>();
        builder.Services.TryAddEventingSubscriber<StartChecks>();
    }

    public async Task SubscribeAsync(
        IDistributedApplicationEventing eventing,
        DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken
    )
    {
        if (WaitCycle.Find(model.Resources) is { } cycle)
        {
            throw new DistributedApplicationException(
                "Resources wait for each other in a circle, so none of them could ever start: "
                    + $"{string.Join(" → ", cycle.Select(resource => resource.Name))}. Remove one of the waits."
            );
        }

        if (UnproxiedReplicas.Find(model.Resources) is { } unproxied)
        {
            throw new DistributedApplicationException(unproxied);
        }

        if (!options.DisableDashboard)
        {
            DashboardCertificate.Check(configuration);
        }

        if (!IsolatedRun.IsIsolated(configuration))
        {
            runLock.Take();
            await FixedPorts.CheckAsync(model.Resources, configuration, !options.DisableDashboard, cancellationToken).ConfigureAwait(false);
        }
    }
}
