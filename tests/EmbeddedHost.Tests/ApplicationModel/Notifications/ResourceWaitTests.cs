using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EmbeddedHost.Tests.ApplicationModel.Notifications;

public sealed class ResourceWaitTests : IDisposable
{
    private readonly ResourceLoggerService _loggers = new();
    private readonly ResourceNotificationService _notifications;

    public ResourceWaitTests() => _notifications = Publishing.Create(_loggers);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _notifications.Dispose();
        _loggers.Dispose();
    }

    [Fact]
    public async Task WaitForResource_StatePassedInAnInstant_IsSeen()
    {
        var api = Publishing.Resource("api");
        var waiting = _notifications.WaitForResourceAsync("api", [KnownResourceStates.Running, KnownResourceStates.Active], Token);
        await StateAsync(api, KnownResourceStates.Running);
        await StateAsync(api, KnownResourceStates.Exited);

        Assert.Equal(KnownResourceStates.Running, await waiting);
    }

    [Fact]
    public async Task WaitForResource_CalledOff_SaysWhatIsKnown()
    {
        using var cancelling = new CancellationTokenSource();
        await _notifications.PublishUpdateAsync(Publishing.Resource("api"), s => (s with { State = KnownResourceStates.Waiting }).WithReason("Waits for migrator to finish."));
        var waiting = _notifications.WaitForResourceAsync("api", cancellationToken: cancelling.Token);
        await cancelling.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal("The wait for 'api' was called off. api is Waiting. Waits for migrator to finish.", error.Message);
    }

    [Fact]
    public async Task WaitForResourceHealthy_ResourceThatExits_StopsWithTheReasonOrGoesOn()
    {
        var api = Publishing.Resource("api", new HealthCheckAnnotation("ready"));
        await StateAsync(api, KnownResourceStates.Running);
        var stopping = _notifications.WaitForResourceHealthyAsync("api", WaitBehavior.StopOnResourceUnavailable, Token);
        var staying = _notifications.WaitForResourceHealthyAsync("api", WaitBehavior.WaitOnResourceUnavailable, Token);
        await _notifications.PublishUpdateAsync(api, s => s with { State = KnownResourceStates.Exited, ExitCode = 139 });

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => stopping);
        Assert.Contains("api is Exited with exit code 139", error.Message, StringComparison.Ordinal);
        await HealthyAsync(api);
        Assert.Equal(HealthStatus.Healthy, (await staying).Snapshot.HealthStatus);
    }

    [Fact]
    public async Task WaitForDependencies_Several_SaysWhatIsStillWaitedFor()
    {
        var (db, migrator) = (Publishing.Resource("db"), Publishing.Resource("migrator"));
        var api = Publishing.Resource("api", new WaitAnnotation(db, WaitType.WaitUntilHealthy), new WaitAnnotation(migrator, WaitType.WaitForCompletion));
        var waiting = _notifications.WaitForDependenciesAsync(api, Token);
        await ReasonAsync("api", "Waits for db to be healthy, migrator to finish.");

        await HealthyAsync(db);
        var snapshot = await ReasonAsync("api", "Waits for migrator to finish.");
        Assert.Equal(KnownResourceStates.Waiting, snapshot.State?.Text);
        Assert.Equal(["migrator"], Assert.IsType<string[]>(snapshot.Properties.Single(p => p.Name == KnownResourceProperties.WaitingFor).Value));
        Assert.False(waiting.IsCompleted);

        await ExitAsync(migrator, 0);
        await waiting.WaitAsync(TimeSpan.FromMinutes(1), Token);
        var lines = await _loggers.GetAllAsync("api").SelectMany(l => l).Select(l => l.Content).ToListAsync(Token);
        Assert.Contains(lines, l => l.EndsWith("Waits for migrator to finish.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WaitForDependencies_HealthyBeforeItsHandlersHaveEnded_GoesOnWaiting()
    {
        var db = Publishing.Resource("db");
        var api = Publishing.Resource("api", new WaitAnnotation(db, WaitType.WaitUntilHealthy));
        await StateAsync(db, KnownResourceStates.Running);
        var waiting = _notifications.WaitForDependenciesAsync(api, Token);
        await ReasonAsync("api", "Waits for db to be healthy.");
        Assert.False(waiting.IsCompleted);

        await HealthyAsync(db);
        await waiting.WaitAsync(TimeSpan.FromMinutes(1), Token);
    }

    [Theory]
    [InlineData("Exited", 1, "migrator exited with code 1, expected 0")]
    [InlineData("Finished", 1, "migrator exited with code 1, expected 0")]
    [InlineData("Exited", null, "migrator ended without an exit code, expected 0")]
    [InlineData("FailedToStart", null, "migrator could not be started: no such file")]
    [InlineData("Finished", 0, null)]
    [InlineData("Finished", null, null)]
    public async Task WaitForDependencies_StepHasEnded_StopsUnlessItEndedWell(string state, int? exitCode, string? failure)
    {
        var migrator = Publishing.Resource("migrator");
        var api = Publishing.Resource("api", new WaitAnnotation(migrator, WaitType.WaitForCompletion));
        var waiting = _notifications.WaitForDependenciesAsync(api, Token);
        await _notifications.PublishUpdateAsync(migrator, s => (s with { State = state, ExitCode = exitCode }).WithReason("no such file"));

        var error = await Record.ExceptionAsync(() => waiting.WaitAsync(TimeSpan.FromMinutes(1), Token));
        Assert.Equal(failure, (error as DistributedApplicationException)?.Message);
        Assert.Equal(failure is null, error is null);
    }

    [Fact]
    public async Task WaitForDependencies_StepWithReplicas_WaitsForEach()
    {
        var migrator = Publishing.Replicated("migrator", 2);
        var api = Publishing.Resource("api", new WaitAnnotation(migrator, WaitType.WaitForCompletion));
        var waiting = _notifications.WaitForDependenciesAsync(api, Token);
        await _notifications.PublishUpdateAsync(migrator, "migrator-0", s => s with { State = KnownResourceStates.Finished, ExitCode = 0 });
        await _notifications.PublishUpdateAsync(migrator, "migrator-1", s => s with { State = KnownResourceStates.Running });
        Assert.False(waiting.IsCompleted);

        await _notifications.PublishUpdateAsync(migrator, "migrator-1", s => s with { State = KnownResourceStates.Finished, ExitCode = 0 });
        await waiting.WaitAsync(TimeSpan.FromMinutes(1), Token);
    }

    [Fact]
    public async Task WaitForDependencies_OneThatNeverStarted_IsNotStarted()
    {
        var db = Publishing.Resource("db");
        var api = Publishing.Resource("api", new WaitAnnotation(db, WaitType.WaitUntilStarted) { WaitBehavior = WaitBehavior.WaitOnResourceUnavailable });
        await StateAsync(db, KnownResourceStates.FailedToStart);
        var waiting = _notifications.WaitForDependenciesAsync(api, Token);
        await ReasonAsync("api", "Waits for db to start.");
        Assert.False(waiting.IsCompleted);

        await StateAsync(db, KnownResourceStates.Running);
        await waiting.WaitAsync(TimeSpan.FromMinutes(1), Token);
    }

    [Fact]
    public async Task WaitForDependencies_HandlersOfReadinessFailed_StopsWithTheirReason()
    {
        var db = Publishing.Resource("db");
        var api = Publishing.Resource("api", new WaitAnnotation(db, WaitType.WaitUntilHealthy));
        await _notifications.PublishUpdateAsync(db, s => s with { State = KnownResourceStates.Running });
        await _notifications.PublishUpdateAsync(db, s => s with { Ready = Task.FromException(new InvalidOperationException("no disk")) });

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => _notifications.WaitForDependenciesAsync(api, Token));
        Assert.Equal("what was to be done once db is ready has failed: no disk", error.Message);
    }

    private Task StateAsync(IResource resource, string state) => _notifications.PublishUpdateAsync(resource, s => s with { State = state });

    private Task ExitAsync(IResource resource, int code) => _notifications.PublishUpdateAsync(resource, s => s with { State = KnownResourceStates.Finished, ExitCode = code });

    private async Task HealthyAsync(IResource resource)
    {
        await StateAsync(resource, KnownResourceStates.Running);
        await _notifications.PublishUpdateAsync(resource, s =>
            (s with { Ready = Task.CompletedTask }).WithHealthReports([.. s.HealthReports.Select(r => r with { Status = HealthStatus.Healthy })]));
    }

    private async Task<CustomResourceSnapshot> ReasonAsync(string id, string reason)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        return (await _notifications.WaitForResourceAsync(id, e => e.Snapshot.Reason() == reason, limit.Token)).Snapshot;
    }
}
