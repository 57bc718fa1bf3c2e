using System.Net;
using AspireDeploy.ServiceDefaults;

namespace AspireDeploy.Gateway.Tests.Https;

public sealed class HttpsTests
{
    [Fact]
    public async Task Http_WhereHttpsIsServed_SendsOnToIt()
    {
        await using var backend = await Backend.SayingAsync("secure");
        var https = AspireDeploy.Workload.ServiceProcess.FreePort();
        await using var gateway = await RunningGateway.BeforeAsync(
            [backend],
            $"--urls=https://127.0.0.1:{https};http://127.0.0.1:0",
            $"--https_port={https}"
        );
        using var answer = await gateway.Client.PostAsync(
            new Uri("/items?n=1", UriKind.Relative),
            new StringContent("1"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
        Assert.Equal(new Uri($"https://127.0.0.1:{https}/items?n=1"), answer.Headers.Location);
        Assert.Equal(
            "secure",
            await gateway.Client.GetStringAsync(new Uri($"https://127.0.0.1:{https}/"), TestContext.Current.CancellationToken)
        );
        Assert.Equal(["GET /"], backend.Requests);
    }

    [Fact]
    public void Certificate_NamedButUnreadable_IsRefusedByName()
    {
        var refused = Assert.Throws<SettingException>(() =>
            GatewayHost.Build(["--urls=https://127.0.0.1:0", "--Gateway:Certificate=/nowhere/edge.pfx", .. RunningGateway.Before()])
        );
        Assert.StartsWith("Gateway:Certificate is '/nowhere/edge.pfx', which can't be read:", refused.Message, StringComparison.Ordinal);
    }
}
