using System.Net;
using System.Net.Sockets;
using AspireDeploy.Engines.Docker;

namespace Engines.Tests.Docker;

/// <summary>An engine in a network of its own, which a test may set as it likes.</summary>
public sealed class NetworkTests
{
    private const string Image = "busybox:1.37.0";
    private const string Filter = "/proc/sys/net/bridge/bridge-nf-call-iptables";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Containers_OnAMachineThatForwardsNothing_ReachEachOther()
    {
        await using var network = await NetworkNamespace.StartAsync(Cancellation);
        await network.RunAsync(Cancellation, "iptables", "--policy", "FORWARD", "DROP");
        // Where bridges aren't filtered, that drops nothing of theirs.
        if (File.Exists(Filter))
            await network.RunAsync(Cancellation, "sh", "-c", $"echo 1 >{Filter}");
        await using (var engine = await DockerEngine.StartInAsync(network, "strict", Cancellation))
        {
            await engine.RunAsync(["network", "create", "inner"], Cancellation);
            await engine.RunAsync(
                ["run", "--detach", "--name", "server", "--network", "inner", Image, "httpd", "-f", "-p", "80", "-h", "/etc"],
                Cancellation
            );

            Assert.Contains(
                "localhost",
                await engine.RunAsync(
                    ["run", "--rm", "--network", "inner", Image, "wget", "-T", "5", "-q", "-O", "-", "http://server/hosts"],
                    Cancellation
                ),
                StringComparison.Ordinal
            );
            Assert.Equal("strict", (await engine.RunAsync(["info", "--format", "{{.Name}}"], Cancellation)).Trim());
        }
        // The filter is as it was.
        Assert.Equal("-P FORWARD DROP\n", await network.RunAsync(Cancellation, "iptables", "--list-rules", "FORWARD"));
    }

    [Fact]
    public async Task Publish_InANetworkOfItsOwn_IsReachedThereAlone()
    {
        await using var network = await NetworkNamespace.StartAsync(Cancellation);
        await using var engine = await DockerEngine.StartInAsync(network, "inside", Cancellation);
        await engine.RunAsync(
            ["run", "--detach", "--publish", "127.0.0.1:8123:80", Image, "httpd", "-f", "-p", "80", "-h", "/etc"],
            Cancellation
        );

        using var there = await network.ConnectAsync(IPAddress.Loopback, 8123, Cancellation);
        Assert.True(there.Connected);
        using var here = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => here.ConnectAsync(IPAddress.Loopback, 8123, Cancellation).AsTask());
    }
}
