using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.BackingServices;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Looks, before anything is started, for what a run can't do without: the tools, a container engine if there are containers, and a value for every parameter.</summary>
internal sealed class Preconditions(
    DcpSettings dcp,
    DcpServer server,
    ContainerRuntime containers,
    BackingData data,
    ResourceNotificationService notifications,
    ParameterPrompt prompt,
    DistributedApplicationOptions options,
    IHostApplicationLifetime lifetime,
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

        missing.AddRange(await MissingValuesAsync([.. model.Resources.OfType<ParameterResource>()], cancellationToken).ConfigureAwait(false));
        if (missing.Count > 0)
        {
            throw new DistributedApplicationException(string.Join(" ", missing));
        }

        // It takes a while, in which the start goes on; whoever needs it waits for it, and learns of its failure.
        _ = server.StartAsync(CancellationToken.None);
    }

    private static bool StartsAsContainer(IResource resource) => resource.IsContainer() && !resource.Annotations.OfType<ExplicitStartupAnnotation>().Any();

    /// <summary>What to say of the parameters that have no value. The person at the terminal is asked first, if there is one. A test may run without: the parameter's state tells.</summary>
    private async Task<IEnumerable<string>> MissingValuesAsync(IReadOnlyList<ParameterResource> parameters, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var missing = new List<string>();
        foreach (var parameter in parameters)
        {
            var message = await MissingValueAsync(parameter).ConfigureAwait(false);
            if (message is not null && !options.IsDriven && ParameterPrompt.CanAsk && await prompt.AskAsync(parameter, ending.Token).ConfigureAwait(false))
            {
                message = await MissingValueAsync(parameter).ConfigureAwait(false);
            }

            if (message is not null)
            {
                missing.Add(message);
            }
        }

        return options.IsDriven ? [] : missing;
    }

    /// <summary>Puts the parameter's value, or that there is none, on its state.</summary>
    /// <returns>What to say of its absence; null if it has one.</returns>
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
            return e.Message;
        }
    }
}
