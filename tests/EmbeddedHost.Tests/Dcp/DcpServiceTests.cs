using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Dcp;

namespace EmbeddedHost.Tests.Dcp;

/// <summary>What the orchestration takes for granted of DCP's services.</summary>
public sealed class DcpServiceTests
{
    [Fact]
    public async Task Service_WithThreeProducers_SpreadsConnectionsOverAllOfThem()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var dcp = await RunningDcp.StartAsync();
        using var first = Listening();
        using var second = Listening();
        using var third = Listening();
        TcpListener[] listeners = [first, second, third];
        await dcp.Client.CreateAsync(new Service { Metadata = { Name = "web" }, Spec = new() }, cancellationToken);
        foreach (var (listener, index) in listeners.Select((listener, index) => (listener, index)))
        {
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            await dcp.Client.CreateAsync(
                new Executable
                {
                    Metadata = { Name = $"web-{index}", Annotations = new() { [ServiceProducer.Annotation] = $$"""[{"serviceName":"web","address":"127.0.0.1","port":{{port}}}]""" } },
                    Spec = new() { ExecutablePath = "/bin/sleep", Args = ["1000"] },
                },
                cancellationToken);
        }

        var service = await dcp.UntilAsync<Service>("web", s => s.Status?.State == "Ready");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        var reached = Task.WhenAll(listeners.Select(async listener => (await listener.AcceptTcpClientAsync(limit.Token)).Dispose()));
        while (!reached.IsCompleted)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, service.Status!.EffectivePort!.Value, limit.Token);
            await client.GetStream().ReadAsync(new byte[1], limit.Token).AsTask().WaitAsync(TimeSpan.FromSeconds(1), limit.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        await reached;
    }

    [Fact]
    public async Task Service_WithoutProducers_HasItsAddressAlready()
    {
        await using var dcp = await RunningDcp.StartAsync();

        await dcp.Client.CreateAsync(new Service { Metadata = { Name = "early" }, Spec = new() }, TestContext.Current.CancellationToken);

        var service = await dcp.UntilAsync<Service>("early", s => s.Status?.EffectivePort > 0);
        Assert.Equal("NotReady", service.Status!.State);
    }

    private static TcpListener Listening()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}
