using System.Net;

namespace AspireDeploy.Gateway.Tests.Contract;

/// <summary>Describes what settings change in the contract.</summary>
public sealed class LocalSettingsTests(LocalSettingsTests.ForAPublicHost gateway) : IClassFixture<LocalSettingsTests.ForAPublicHost>
{
    [Fact]
    public async Task Host_OfTheSettings_IsServedAndHeldToHttps()
    {
        var answer = await gateway.SendRawAsync("GET / HTTP/1.1\r\nHost: shop.example.com\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nStrict-Transport-Security: max-age=31536000\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_MoreThanMayBe_AreClosed()
    {
        var open = new List<RawConnection>();
        try
        {
            for (var i = 0; i < 20; i++)
            {
                open.Add(await RawConnection.OpenAsync(gateway.PlainAddress, TestContext.Current.CancellationToken));
            }
            var ends = open.Select(connection => connection.ReadToEndAsync()).ToList();
            await Workload.Until.TrueAsync(
                () => ends.Count(end => end.IsCompleted) >= 20 - ForAPublicHost.Connections,
                "All stayed open.",
                TestContext.Current.CancellationToken
            );
        }
        finally
        {
            foreach (var connection in open)
                await connection.DisposeAsync();
        }
        using var answer = await gateway.AskAsync("");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>A gateway with a public name, and few connections.</summary>
    public sealed class ForAPublicHost : LocalGateway
    {
        internal const int Connections = 10;

        protected override int First => 1;

        protected override IReadOnlyDictionary<string, string?> Settings =>
            new Dictionary<string, string?> { ["Gateway__Hosts__0"] = "shop.example.com", ["Gateway__Limits__Connections"] = "10" };
    }
}
