using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Gateways;
using AspireDeploy.Tests.Concepts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AspireDeploy.Tests.Local.Gateways;

public sealed class GatewayStartTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly DistributedApplication _application;
    private readonly ResourceNotificationService _notifications;
    private readonly IResource _api;
    private readonly Task _start;

    public GatewayStartTests()
    {
        var builder = Declared.Application();
        var api = builder.Project("api").WithHttpEndpoint(name: "http");
        var gateway = builder.AddGateway<Declared.GatewayProject>("gateway").WithRoute("/", api);
        _api = api.Resource;
        _application = builder.Build();
        _notifications = _application.Services.GetRequiredService<ResourceNotificationService>();
        _start = new GatewayStart(_notifications, _time).UntilWantedAsync(gateway.Resource, Cancellation);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gateway_GivesWay_UntilWhatItRoutesToStarts()
    {
        await _notifications.PublishUpdateAsync(_api, state => state with { State = KnownResourceStates.Waiting });
        Assert.False(_start.IsCompleted);

        await _notifications.PublishUpdateAsync(_api, state => state with { State = KnownResourceStates.Starting });

        await _start.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
    }

    [Fact]
    public async Task Gateway_WhoseServiceGoesOnWaiting_StartsAfterTwoSeconds()
    {
        await _notifications.PublishUpdateAsync(_api, state => state with { State = KnownResourceStates.Waiting });
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(_start.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(0.1));

        await _start.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
