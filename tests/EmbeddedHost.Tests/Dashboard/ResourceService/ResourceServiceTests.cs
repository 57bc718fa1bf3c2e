using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Protocol;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Dashboard.ResourceService;

public class ResourceServiceTests
{
    private static readonly FakeResource Api = new("api");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetApplicationInformation_WithKey_TellsName()
    {
        await using var host = new DashboardHost();
        using var client = new Client(host);

        var information = await client.Service.GetApplicationInformationAsync(new(), client.Key, cancellationToken: Token);

        Assert.Equal("Shop", information.ApplicationName);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    public async Task GetApplicationInformation_WithoutTheKey_IsRefused(string? key)
    {
        await using var host = new DashboardHost();
        using var client = new Client(host);
        Metadata headers = key is null ? [] : new() { { ResourceServiceKey.Header, key } };

        var e = await Assert.ThrowsAsync<RpcException>(async () => await client.Service.GetApplicationInformationAsync(new(), headers, cancellationToken: Token));

        Assert.Equal(StatusCode.Unauthenticated, e.StatusCode);
    }

    [Fact]
    public async Task GetApplicationInformation_AnonymousAllowed_NeedsNoKey()
    {
        await using var host = new DashboardHost(new() { ["ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"] = "true" });
        using var client = new Client(host);

        Assert.Equal("Shop", (await client.Service.GetApplicationInformationAsync(new(), cancellationToken: Token)).ApplicationName);
    }

    [Fact]
    public async Task WatchResources_Late_StartsWithTheWholeState()
    {
        await using var host = new DashboardHost();
        await host.PublishAsync(Api, "api-aaaaaaaa", Snapshot("Running"));
        await host.PublishAsync(Api, "api-bbbbbbbb", Snapshot("Starting"));
        using var client = new Client(host);

        // The feed reads notifications in the background: a state may come as initial data or as a change.
        var states = await client.WatchAsync(seen => seen.Count == 2);

        Assert.Equal("Running", states["api-aaaaaaaa"].State);
        Assert.Equal("Starting", states["api-bbbbbbbb"].State);
    }

    [Fact]
    public async Task WatchResources_ManyChanges_EndsAtTheLastState()
    {
        const int changes = 2000;
        await using var host = new DashboardHost();
        using var client = new Client(host);
        var watching = client.WatchAsync(seen => seen.Count == 2 && seen.Values.All(resource => resource.State == $"{changes}"));

        for (var i = 1; i <= changes; i++)
        {
            await host.PublishAsync(Api, "api-aaaaaaaa", Snapshot($"{i}"));
            await host.PublishAsync(Api, "api-bbbbbbbb", Snapshot($"{i}"));
        }

        await watching;
    }

    [Fact]
    public async Task WatchResourceConsoleLogs_Follow_SendsWhatIsThereAndWhatComes()
    {
        await using var host = new DashboardHost();
        var log = host.Logs.GetLogger("api-aaaaaaaa");
        log.LogInformation("first");
        using var client = new Client(host);
        using var call = client.Service.WatchResourceConsoleLogs(new() { ResourceName = "api-aaaaaaaa" }, client.Key, cancellationToken: Token);

        List<ConsoleLogLine> lines = [];
        await foreach (var update in call.ResponseStream.ReadAllAsync(Token))
        {
            lines.AddRange(update.LogLines);
            if (lines.Count == 1)
            {
                log.LogError("second");
            }

            if (lines.Count == 2)
            {
                break;
            }
        }

        Assert.EndsWith("first", lines[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("second", lines[1].Text, StringComparison.Ordinal);
        Assert.Equal([(1, false), (2, true)], lines.Select(line => (line.LineNumber, line.IsStdErr)));
    }

    [Fact]
    public async Task WatchResourceConsoleLogs_SuppressFollow_Ends()
    {
        await using var host = new DashboardHost();
        host.Logs.GetLogger("api-aaaaaaaa").LogInformation("only");
        using var client = new Client(host);
        using var call = client.Service.WatchResourceConsoleLogs(new() { ResourceName = "api-aaaaaaaa", SuppressFollow = true }, client.Key, cancellationToken: Token);

        var updates = await call.ResponseStream.ReadAllAsync(Token).ToListAsync(Token);

        Assert.EndsWith("only", Assert.Single(updates.SelectMany(update => update.LogLines)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteResourceCommand_Known_RunsItAndTellsTheOutcome()
    {
        await using var host = new DashboardHost();
        using var client = new Client(host);
        await host.PublishAsync(new CommandedResource("api"), "api-aaaaaaaa", Snapshot("Running"));

        var greeted = await client.ExecuteAsync("greet");
        var asked = await client.ExecuteAsync("greet", ("word", Value.ForString("goodbye")));
        var failed = await client.ExecuteAsync("fail");
        var unknown = await client.ExecuteAsync("unknown");

        Assert.Equal((ResourceCommandResponseKind.Succeeded, "hello api-aaaaaaaa"), (greeted.Kind, greeted.Message));
        Assert.Equal("goodbye api-aaaaaaaa", asked.Message);
        Assert.Equal((ResourceCommandResponseKind.Failed, "no luck"), (failed.Kind, failed.Message));
        Assert.Equal(ResourceCommandResponseKind.Failed, unknown.Kind);
        Assert.Contains("unknown", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WatchInteractions_Idle_IsUnderstoodAndEndsWithTheService()
    {
        var host = new DashboardHost();
        using var client = new Client(host);
        using var call = client.Service.WatchInteractions(client.Key, cancellationToken: Token);
        await call.ResponseHeadersAsync.WaitAsync(TimeSpan.FromMinutes(1), Token);

        await call.RequestStream.WriteAsync(new(), Token);
        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext(Token));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task StopAsync_WithWatchers_EndsPromptlyAndQuietly()
    {
        var host = new DashboardHost();
        using var client = new Client(host);
        using var call = client.Service.WatchResources(new(), client.Key, cancellationToken: Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));

        await host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), Token);

        Assert.DoesNotContain(host.Log.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Start_TakenPort_SaysWhichAndWhatToDo()
    {
        await using var first = new DashboardHost();
        var address = first.ResourceService.Start();
        await using var second = new DashboardHost(new() { [DashboardSettings.ResourceServiceUrl] = address.ToString() });

        var e = Assert.Throws<DistributedApplicationException>(second.ResourceService.Start);

        Assert.Contains($"{address.Port}", e.Message, StringComparison.Ordinal);
        Assert.Contains(DashboardSettings.ResourceServiceUrl, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NotLoopback_IsRefused()
    {
        await using var host = new DashboardHost(new() { [DashboardSettings.ResourceServiceUrl] = "http://0.0.0.0:20000" });

        Assert.Throws<DistributedApplicationException>(host.ResourceService.Start);
    }

    [Fact]
    public async Task Start_FreePortsAsked_LeavesTheConfiguredPort()
    {
        await using var first = new DashboardHost();
        var taken = first.ResourceService.Start();
        await using var second = new DashboardHost(new() { [DashboardSettings.ResourceServiceUrl] = taken.ToString(), [DashboardSettings.UseFreePorts] = "true" });

        var address = second.ResourceService.Start();

        Assert.NotEqual(taken.Port, address.Port);
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(address.Host)));
    }

    private static CustomResourceSnapshot Snapshot(string state) => new() { ResourceType = "Project", Properties = [], State = state };

    private sealed class Client : IDisposable
    {
        private readonly GrpcChannel _channel;

        public Client(DashboardHost host)
        {
            _channel = GrpcChannel.ForAddress(host.ResourceService.Start());
            Service = new(_channel);
            Key = new() { { ResourceServiceKey.Header, host.Options.ResourceServiceKey ?? "none" } };
        }

        public DashboardService.DashboardServiceClient Service { get; }

        public Metadata Key { get; }

        public async Task<IReadOnlyDictionary<string, Aspire.Hosting.Dashboard.Protocol.Resource>> WatchAsync(
            Func<IReadOnlyDictionary<string, Aspire.Hosting.Dashboard.Protocol.Resource>, bool> isEnough)
        {
            using var call = Service.WatchResources(new(), Key, cancellationToken: Token);
            Dictionary<string, Aspire.Hosting.Dashboard.Protocol.Resource> seen = [];
            await foreach (var update in call.ResponseStream.ReadAllAsync(Token))
            {
                foreach (var resource in update.InitialData?.Resources ?? [])
                {
                    seen[resource.Name] = resource;
                }

                foreach (var change in update.Changes?.Value ?? [])
                {
                    seen[change.Upsert.Name] = change.Upsert;
                }

                if (isEnough(seen))
                {
                    break;
                }
            }

            return seen;
        }

        public async Task<ResourceCommandResponse> ExecuteAsync(string command, params (string Name, Value Value)[] arguments)
        {
            var request = new ResourceCommandRequest { ResourceName = "api-aaaaaaaa", ResourceType = "Project", CommandName = command };
            foreach (var (name, value) in arguments)
            {
                request.Arguments[name] = value;
            }

            return await Service.ExecuteResourceCommandAsync(request, Key, cancellationToken: Token);
        }

        public void Dispose() => _channel.Dispose();
    }
}
