using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using EmbeddedHost.Tests.ApplicationModel.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedHost.Tests.ApplicationModel.Health;

public sealed class ResourceHealthTests : IAsyncLifetime
{
    private readonly ResourceNotificationService _notifications = Publishing.Create();
    private readonly DistributedApplicationEventing _eventing = new();
    private readonly ServiceProvider _services;
    private readonly ResourceHealth _health;
    private volatile Func<HealthCheckResult> _check = () => HealthCheckResult.Unhealthy("not yet");
    private int _readyEvents;

    public ResourceHealthTests()
    {
        var services = new ServiceCollection().AddSingleton(typeof(ILogger<>), typeof(NullLogger<>)).AddOptions();
        services.AddHealthChecks().AddCheck("ready", () => _check());
        _services = services.BuildServiceProvider();
        _health = new ResourceHealth(
            _notifications, _services.GetRequiredService<HealthCheckService>(), _eventing, _services, TimeProvider.System, NullLogger<ResourceHealth>.Instance);
        _eventing.Subscribe<ResourceReadyEvent>((_, _) =>
        {
            Interlocked.Increment(ref _readyEvents);
            return Task.CompletedTask;
        });
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _health.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _health.StopAsync(CancellationToken.None);
        _health.Dispose();
        _notifications.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Run_CheckThatFailsAtFirst_IsUnhealthyUntilItPassesAndThenReadyOnce()
    {
        var api = Publishing.Resource("api", new HealthCheckAnnotation("ready"));
        await RunsAsync(api);
        var unhealthy = await UntilAsync("api", s => s.HealthReports.Any(r => r.Description == "not yet"));
        Assert.Equal(HealthStatus.Unhealthy, unhealthy.HealthStatus);
        Assert.Null(unhealthy.Ready);

        _check = () => HealthCheckResult.Healthy();
        var healthy = await UntilAsync("api", s => s.Ready is not null);

        Assert.Equal(HealthStatus.Healthy, healthy.HealthStatus);
        Assert.Equal(1, _readyEvents);
    }

    [Fact]
    public async Task Run_BeforeTheFirstCheckHasEnded_IsNotHealthy()
    {
        using var held = new ManualResetEventSlim();
        _check = () =>
        {
            held.Wait(Token);
            return HealthCheckResult.Healthy();
        };
        var api = Publishing.Resource("api", new HealthCheckAnnotation("ready"));
        await RunsAsync(api);

        Assert.True(_notifications.TryGetCurrentState("api", out var running));
        Assert.Equal(HealthStatus.Unhealthy, running.Snapshot.HealthStatus);
        held.Set();
        await UntilAsync("api", s => s.HealthStatus == HealthStatus.Healthy);
    }

    [Fact]
    public async Task Run_ReplicasTogether_AreReadyByOneEvent()
    {
        _check = () => HealthCheckResult.Healthy();
        var api = Publishing.Replicated("api", 3);
        api.Annotations.Add(new HealthCheckAnnotation("ready"));
        await RunsAsync(api);

        foreach (var id in api.InstanceIds())
            Assert.Equal(HealthStatus.Healthy, (await UntilAsync(id, s => s.Ready is not null)).HealthStatus);
        Assert.Equal(1, _readyEvents);
    }

    [Fact]
    public async Task Run_OneReplicaRestarted_IsReadyAgainWithoutAnotherEvent()
    {
        _check = () => HealthCheckResult.Healthy();
        var api = Publishing.Replicated("api", 2);
        await RunsAsync(api);
        await UntilAsync("api-0", s => s.Ready is not null);
        await UntilAsync("api-1", s => s.Ready is not null);

        await _notifications.PublishUpdateAsync(api, "api-1", s => s with { State = KnownResourceStates.Exited });
        await _notifications.PublishUpdateAsync(api, "api-1", s => s with { State = KnownResourceStates.Running });

        await UntilAsync("api-1", s => s.Run == 2 && s.Ready is not null);
        Assert.Equal(1, _readyEvents);
    }

    [Fact]
    public async Task Run_ResourceStartedAgain_TellsThatItIsReadyAgain()
    {
        var api = Publishing.Resource("api");
        for (var run = 1; run <= 3; run++)
        {
            await RunsAsync(api);
            await UntilAsync("api", s => s.Run == run && s.Ready is not null);
            await _notifications.PublishUpdateAsync(api, s => s with { State = KnownResourceStates.Exited });
        }

        Assert.Equal(3, _readyEvents);
    }

    [Fact]
    public async Task Run_ChildOfAnUnhealthyParent_IsNotHealthy()
    {
        var server = Publishing.Resource("server", new HealthCheckAnnotation("ready"));
        var database = Publishing.Child("database", server);
        await RunsAsync(database);

        Assert.Equal(HealthStatus.Unhealthy, (await UntilAsync("database", s => s.HealthReports.Any(r => r.LastRunAt is not null))).HealthStatus);
    }

    [Fact]
    public async Task Run_CheckThatIsNotRegistered_SaysSo()
    {
        await RunsAsync(Publishing.Resource("api", new HealthCheckAnnotation("absent")));

        await UntilAsync("api", s => s.HealthReports.Any(r => r.Description == "No health check is registered as 'absent'."));
    }

    [Fact]
    public async Task Run_CheckThatThrows_IsTriedAgain()
    {
        var tries = 0;
        _check = () => Interlocked.Increment(ref tries) < 3 ? throw new InvalidOperationException("boom") : HealthCheckResult.Healthy();
        await RunsAsync(Publishing.Resource("api", new HealthCheckAnnotation("ready")));

        await UntilAsync("api", s => s.HealthStatus == HealthStatus.Healthy);
    }

    [Fact]
    public async Task Run_ReadyHandlerFails_TheFailureStandsInTheSnapshot()
    {
        _eventing.Subscribe<ResourceReadyEvent>((_, _) => throw new InvalidOperationException("no seed"));
        await RunsAsync(Publishing.Resource("api"));

        var ready = (await UntilAsync("api", s => s.Ready is not null)).Ready!;
        Assert.Equal("no seed", (await Assert.ThrowsAsync<InvalidOperationException>(() => ready)).Message);
    }

    private Task RunsAsync(IResource resource) => _notifications.PublishUpdateAsync(resource, s => s with { State = KnownResourceStates.Running });

    private async Task<CustomResourceSnapshot> UntilAsync(string id, Func<CustomResourceSnapshot, bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        return (await _notifications.WatchAsync(limit.Token).FirstAsync(e => e.ResourceId == id && condition(e.Snapshot), limit.Token)).Snapshot;
    }
}
