using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Backchannel;

/// <summary>What the aspire command may call. The names are the methods' names on the wire.</summary>
[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "They are called on the object.")]
internal sealed class BackchannelMethods(IServiceProvider services, IHostApplicationLifetime lifetime)
{
    private static readonly string[] Capabilities = ["baseline.v2", "pipeline-steps.v1"];

    /// <summary>What of the protocol is spoken.</summary>
    public Task<string[]> GetCapabilitiesAsync() => Task.FromResult(Capabilities);

    /// <summary>Stops the application.</summary>
    public Task RequestStopAsync()
    {
        lifetime.StopApplication();
        return Task.CompletedTask;
    }

    /// <summary>The command has shown that the application runs; nothing follows from it here.</summary>
    public Task NotifyAppHostReadyAsync() => Task.CompletedTask;

    /// <summary>What happens in the pipeline, from its beginning to the application's end.</summary>
    public IAsyncEnumerable<PublishingActivity> GetPublishingActivitiesAsync(CancellationToken cancellationToken) =>
        UntilStopAsync(token => services.GetRequiredService<BackchannelActivityLog>().ReadAllAsync(token), cancellationToken);

    /// <summary>The AppHost's log, to the application's end.</summary>
    public IAsyncEnumerable<BackchannelLogEntry> GetAppHostLogEntriesAsync(CancellationToken cancellationToken) =>
        UntilStopAsync(token => services.GetRequiredService<BackchannelLogProvider>().ReadAllAsync(token), cancellationToken);

    /// <summary>The resources' states, to the application's end.</summary>
    public IAsyncEnumerable<ResourceState> GetResourceStatesAsync(CancellationToken cancellationToken) => UntilStopAsync(StatesAsync, cancellationToken);

    /// <summary>Where the dashboard is, once it answers.</summary>
    public async Task<DashboardUrlsState> GetDashboardUrlsAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<DashboardAnnouncement>() is not { } announcement)
        {
            return new(false, null);
        }

        var url = await announcement.LoginUrl.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new(url is not null, url);
    }

    /// <summary>The pipeline's steps, all or those that one needs.</summary>
    public async Task<PipelineStepsResponse> GetPipelineStepsAsync(PipelineStepsRequest? request, CancellationToken cancellationToken)
    {
        var pipeline = (DistributedApplicationPipeline)services.GetRequiredService<IDistributedApplicationPipeline>();
        var graph = await pipeline.ResolveAsync(new(
            services.GetRequiredService<DistributedApplicationModel>(),
            services.GetRequiredService<DistributedApplicationExecutionContext>(),
            services,
            services.GetRequiredService<ILogger<BackchannelMethods>>(),
            cancellationToken)).ConfigureAwait(false);
        var steps = request?.Step is { Length: > 0 } step ? graph.NeededFor(step) : graph;
        return new([.. steps.Steps.Select(s => new PipelineStepInfo(s.Name, s.Description, steps.DependenciesOf(s), s.Tags, s.Resource?.Name))]);
    }

    /// <summary>An answer to a question that nobody asked.</summary>
    public Task CompletePromptResponseAsync(string promptId, PromptAnswer[] answers) => Task.CompletedTask;

    /// <summary>An answer to a question that nobody asked.</summary>
    public Task UpdatePromptResponseAsync(string promptId, PromptAnswer[] answers) => Task.CompletedTask;

    private async IAsyncEnumerable<ResourceState> StatesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var change in services.GetRequiredService<ResourceNotificationService>().WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (change.Resource.Name == DashboardResource.Name)
            {
                continue;
            }

            var endpoints = change.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => e.AllocatedEndpoint?.UriString).OfType<string>();
            yield return new(change.Resource.Name, change.Snapshot.ResourceType, change.Snapshot.State?.Text ?? "Unknown", [.. endpoints], change.Snapshot.HealthStatus?.ToString());
        }
    }

    /// <summary>Ends a stream when the application stops: the command waits for that end before it lets the application go.</summary>
    private async IAsyncEnumerable<T> UntilStopAsync<T>(Func<CancellationToken, IAsyncEnumerable<T>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var items = read(either.Token).GetAsyncEnumerator(either.Token);
        await using (items.ConfigureAwait(false))
        {
            while (await NextAsync().ConfigureAwait(false))
            {
                yield return items.Current;
            }
        }

        async ValueTask<bool> NextAsync()
        {
            try
            {
                return await items.MoveNextAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (either.IsCancellationRequested)
            {
                return false;
            }
        }
    }
}
