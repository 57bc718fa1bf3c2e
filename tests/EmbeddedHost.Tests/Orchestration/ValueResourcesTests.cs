using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using EmbeddedHost.Tests.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Orchestration;

public class ValueResourcesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ExternalService_AtAnAddress_RunsAndShowsIt()
    {
        var builder = Declared.Builder();
        builder.AddExternalService("weather", "https://weather.example/");

        var weather = await RunAsync(builder, "weather");

        Assert.Equal(KnownResourceStates.Running, weather.State?.Text);
        var url = Assert.Single(weather.Urls);
        Assert.Equal(("https://weather.example/", false), (url.Url, url.IsInactive));
    }

    [Fact]
    public async Task ExternalService_AtAParameterThatIsNoAddress_FailsAndSaysWhy()
    {
        var builder = Declared.Builder("Parameters:where=nowhere");
        builder.AddExternalService("weather", builder.AddParameter("where"));

        var weather = await RunAsync(builder, "weather");

        Assert.Equal(KnownResourceStates.FailedToStart, weather.State?.Text);
        Assert.Equal("External service 'weather' can't be at 'nowhere', the value of parameter 'where': it is no absolute address.", weather.Reason());
    }

    [Fact]
    public async Task ConnectionString_WithAValue_RunsAndKeepsItSecret()
    {
        var builder = Declared.Builder("Parameters:key=hush");
        builder.AddConnectionString("bus", ReferenceExpression.Create($"Endpoint=bus;Key={builder.AddParameter("key", secret: true)}"));
        var available = 0;
        builder.Eventing.Subscribe<ConnectionStringAvailableEvent>((_, _) =>
        {
            available++;
            return Task.CompletedTask;
        });

        var bus = await RunAsync(builder, "bus");

        Assert.Equal((KnownResourceStates.Running, 1), (bus.State?.Text, available));
        var value = Assert.Single(bus.Properties, p => p.Name == KnownResourceProperties.ConnectionString);
        Assert.Equal(("Endpoint=bus;Key=hush", true), (value.Value, value.IsSensitive));
    }

    [Fact]
    public async Task ConnectionString_OfAParameterWithoutAValue_FailsAndSaysHowToGiveIt()
    {
        var builder = Declared.Builder();
        builder.AddConnectionString("bus", ReferenceExpression.Create($"Key={builder.AddParameter("key", secret: true)}"));

        var bus = await RunAsync(builder, "bus");

        Assert.Equal(KnownResourceStates.FailedToStart, bus.State?.Text);
        Assert.StartsWith("Parameter 'key' has no value. Set 'Parameters:key'", bus.Reason(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectionString_OfAResourceThatHasNotStarted_WaitsForIt()
    {
        var builder = Declared.Builder();
        var server = builder.AddResource(new FakeServer("server"));
        builder.AddConnectionString("bus", ReferenceExpression.Create($"Endpoint={server.Resource}"));
        await using var app = builder.Build();
        var running = app.Services.GetRequiredService<ValueResources>().RunAsync(Token);

        var waiting = await app.ResourceNotifications.WaitForResourceAsync("bus", e => e.Snapshot.State?.Text == KnownResourceStates.Waiting, Token);
        Assert.Equal("Waits for server to start.", waiting.Snapshot.Reason());
        await app.ResourceNotifications.PublishUpdateAsync(server.Resource, s => s with { State = KnownResourceStates.Running });
        await running.WaitAsync(TimeSpan.FromMinutes(1), Token);

        Assert.True(app.ResourceNotifications.TryGetCurrentState("bus", out var bus));
        Assert.Equal(KnownResourceStates.Running, bus.Snapshot.State?.Text);
    }

    private static async Task<CustomResourceSnapshot> RunAsync(DistributedApplicationBuilder builder, string resource)
    {
        await using var app = builder.Build();
        await app.Services.GetRequiredService<ValueResources>().RunAsync(Token);
        Assert.True(app.ResourceNotifications.TryGetCurrentState(resource, out var known));
        return known.Snapshot;
    }

    private sealed class FakeServer(string name) : Resource(name), IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"localhost");
    }
}
