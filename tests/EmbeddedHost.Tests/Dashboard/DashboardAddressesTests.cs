using Aspire.Hosting.Dashboard;

namespace EmbeddedHost.Tests.Dashboard;

public class DashboardAddressesTests
{
    private static readonly ListenAddress Configured = new("http", "localhost", 15000);

    [Fact]
    public void From_NothingConfigured_TakesFreePortsForAll()
    {
        var addresses = DashboardAddresses.From(new());

        ListenAddress[] all = [addresses.Main, addresses.OtlpGrpc!, addresses.OtlpHttp!];
        Assert.All(all, address => Assert.Equal(("http", "localhost"), (address.Scheme, address.Host)));
        Assert.All(all, address => Assert.InRange(address.Port, 1024, 65535));
        Assert.Equal(3, all.Select(address => address.Port).Distinct().Count());
    }

    [Fact]
    public void From_OneTelemetryEndpointConfigured_HasThatOneOnly()
    {
        var addresses = DashboardAddresses.From(new() { Frontend = [Configured], OtlpGrpc = new("http", "localhost", 19000) });

        Assert.Equal(Configured, addresses.Main);
        Assert.Equal(19000, addresses.OtlpGrpc!.Port);
        Assert.Null(addresses.OtlpHttp);
    }

    [Fact]
    public void From_FreePortsAsked_LeavesConfiguredOnesAlone()
    {
        var addresses = DashboardAddresses.From(new() { UseFreePorts = true, Frontend = [Configured], OtlpGrpc = Configured });

        Assert.NotEqual(Configured.Port, addresses.Main.Port);
        Assert.NotEqual(Configured.Port, addresses.OtlpGrpc!.Port);
    }
}
