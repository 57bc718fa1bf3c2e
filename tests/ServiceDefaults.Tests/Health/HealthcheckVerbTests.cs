using AspireDeploy.ServiceDefaults.Health;
using AspireDeploy.Workload;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireDeploy.ServiceDefaults.Tests.Health;

public sealed class HealthcheckVerbTests
{
    [Fact]
    public async Task Healthcheck_Healthy_IsZero()
    {
        await using var web = await RunningWeb.StartAsync();

        Assert.Equal(0, await HealthcheckVerb.RunAsync(["--urls", web.App.Urls.First()]));
    }

    [Fact]
    public async Task Healthcheck_NotReady_IsOneButAliveIsZero()
    {
        await using var web = await RunningWeb.StartAsync(add: builder =>
            builder.Services.AddHealthChecks().AddCheck("out", () => HealthCheckResult.Unhealthy())
        );

        Assert.Equal(1, await HealthcheckVerb.RunAsync(["--urls", web.App.Urls.First()]));
        Assert.Equal(0, await HealthcheckVerb.RunAsync(["/alive", "--urls", web.App.Urls.First()]));
    }

    [Fact]
    public async Task Healthcheck_NobodyListens_IsOne()
    {
        Assert.Equal(1, await HealthcheckVerb.RunAsync(["--urls", $"http://127.0.0.1:{ServiceProcess.FreePort()}"]));
    }

    [Fact]
    public async Task Healthcheck_AddressIsNone_IsOne()
    {
        Assert.Equal(1, await HealthcheckVerb.RunAsync(["--urls", "nonsense"]));
    }
}
