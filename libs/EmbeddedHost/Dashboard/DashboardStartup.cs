using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Aspire.Hosting.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Adds the dashboard to the model just before the application starts, as its first resource, and brings up what feeds it. Says where it is once it answers.
/// </summary>
internal sealed class DashboardStartup(
    IOptions<DashboardOptions> options,
    IConfiguration configuration,
    ResourceServiceHost resourceService,
    DashboardAnnouncement announcement,
    RunLock runLock,
    IHostApplicationLifetime lifetime) : IDistributedApplicationEventingSubscriber
{
    public Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        if (executionContext.IsRunMode)
        {
            eventing.Subscribe<BeforeStartEvent>((@event, _) => AddAsync(@event.Model));
        }

        return Task.CompletedTask;
    }

    private Task AddAsync(DistributedApplicationModel model)
    {
        if (model.Resources.Any(resource => resource.Name.Equals(DashboardResource.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DistributedApplicationException($"Resource name '{DashboardResource.Name}' is the dashboard's own. Give the resource another name.");
        }

        var environment = ToolEnvironment.ForProcess(name => configuration[name]);
        var search = DashboardLocator.Find(environment, ToolCache.In(environment));
        if (!search.IsFound)
        {
            throw new DistributedApplicationException(search.Error);
        }

        var address = resourceService.Start();
        var addresses = DashboardAddresses.From(options.Value);
        // Resources send their telemetry where the configuration says; on free ports that is known only now.
        configuration[DashboardSettings.OtlpGrpcUrl] = Origin(addresses.OtlpGrpc);
        configuration[DashboardSettings.OtlpHttpUrl] = Origin(addresses.OtlpHttp);
        model.Resources.Insert(0, DashboardResource.Create(search.Tool, addresses, options.Value, () => DashboardVariables.For(options.Value, addresses, address)));
        runLock.Note(addresses.Main.LocalUrl);
        announcement.Begin(addresses, lifetime.ApplicationStopping);
        return Task.CompletedTask;
    }

    private static string? Origin(ListenAddress? address) => address?.LocalUrl.GetLeftPart(UriPartial.Authority);
}
