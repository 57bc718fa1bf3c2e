using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.BackingServices;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Looks, before anything is started, for what a run can't do without: the tools, a container engine if there are containers, and a value for every parameter.</summary>
internal sealed class Preconditions(
    DcpSettings dcp,
    DcpServer server,
    ContainerRuntime containers,
    BackingData data,
    ResourceNotificationService notifications,
    DistributedApplicationOptions options,
    ILogger<DistributedApplication> logger) : IDistributedApplicationEventingSubscriber
{
    public Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        eventing.Subscribe<BeforeStartEvent>((@event, token) => CheckAsync(@event.Model, token));
        return Task.CompletedTask;
    }

    /// <exception cref="DistributedApplicationException">Something is missing; the message says all that is, and what mends it.</exception>
    private async Task CheckAsync(DistributedApplicationModel model, CancellationToken cancellationToken)
    {
        var missing = model.Resources
            .Select(resource => resource.Annotations.OfType<ProcessBackingAnnotation>().LastOrDefault()?.MissingTool(data.Tools))
            .Prepend(dcp.Search().Error)
            .OfType<string>().Distinct().ToList();
        if (missing.Count == 0 && model.Resources.Any(StartsAsContainer) && await containers.LookAsync(cancellationToken).ConfigureAwait(false) is { } obstacle)
        {
            if (obstacle.IsForGood)
            {
                missing.Add(obstacle.Message);
            }
            else
            {
                logger.LogWarning("{Obstacle}", obstacle.Message);
            }
        }

        foreach (var parameter in model.Resources.OfType<ParameterResource>())
        {
            if (await MissingValueAsync(parameter).ConfigureAwait(false) is { } message)
            {
                missing.Add(message);
            }
        }

        if (missing.Count > 0)
        {
            throw new DistributedApplicationException(string.Join(" ", missing));
        }

        // It takes a while, in which the start goes on; whoever needs it waits for it, and learns of its failure.
        _ = server.StartAsync(CancellationToken.None);
    }

    private static bool StartsAsContainer(IResource resource) => resource.IsContainer() && !resource.Annotations.OfType<ExplicitStartupAnnotation>().Any();

    /// <summary>What to say of a parameter without a value; null if it has one. A test may run without: the parameter's state tells.</summary>
    private async Task<string?> MissingValueAsync(ParameterResource parameter)
    {
        try
        {
            var value = new ResourcePropertySnapshot(KnownResourceProperties.ParameterValue, parameter.Value) { IsSensitive = parameter.Secret };
            await notifications.PublishUpdateAsync(parameter, s => (s with { State = KnownResourceStates.Running }).WithProperty(value)).ConfigureAwait(false);
            return null;
        }
        catch (MissingParameterValueException e)
        {
            await notifications.PublishUpdateAsync(parameter, s =>
                (s with { State = new(KnownResourceStates.ValueMissing, KnownResourceStateStyles.Warn) }).WithReason(e.Message)).ConfigureAwait(false);
            return options.IsDriven ? null : e.Message;
        }
    }
}
