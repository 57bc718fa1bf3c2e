using System.Net;
using AspireDeploy.ServiceDefaults.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AspireDeploy.ServiceDefaults.Tests.Health;

public sealed class HealthEndpointsTests
{
    [Theory]
    [InlineData("Development", "/health")]
    [InlineData("Development", "/alive")]
    [InlineData("Production", "/health")]
    [InlineData("Production", "/alive")]
    public async Task Health_AnyEnvironment_AnswersTheStatusAlone(string environment, string path)
    {
        await using var web = await RunningWeb.StartAsync(environment: environment);

        using var answer = await web.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Healthy", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Health_CheckFails_IsUnhealthyAndSaysNothingElse()
    {
        await using var web = await RunningWeb.StartAsync(add: Failing());

        using var answer = await web.Client.GetAsync("/health", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("Unhealthy", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Alive_ReadinessFails_StaysHealthy()
    {
        await using var web = await RunningWeb.StartAsync(add: Failing());

        Assert.Equal("Healthy", await web.Client.GetStringAsync("/alive", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Alive_LiveCheckFails_IsUnhealthy()
    {
        await using var web = await RunningWeb.StartAsync(add: Failing(HealthEndpoints.LiveTag));

        using var answer = await web.Client.GetAsync("/alive", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task Health_CheckFailsAndRecovers_IsLoggedOnceEach()
    {
        var status = HealthStatus.Unhealthy;
        var logs = new FakeLogCollector();
        await using var web = await RunningWeb.StartAsync(add: builder =>
        {
            builder.Logging.AddProvider(new FakeLoggerProvider(logs));
            builder.Services.AddHealthChecks().AddCheck("disk", () => new(status, "No space."));
        });

        for (var i = 0; i < 3; i++)
            using (await web.Client.GetAsync("/health", TestContext.Current.CancellationToken)) { }
        status = HealthStatus.Healthy;
        for (var i = 0; i < 3; i++)
            using (await web.Client.GetAsync("/health", TestContext.Current.CancellationToken)) { }

        Assert.Equal(
            ["Health check disk is Unhealthy: No space.", "Health check disk is healthy again."],
            logs.GetSnapshot().Select(line => line.Message).Where(message => message.StartsWith("Health check ", StringComparison.Ordinal))
        );
    }

    private static Action<WebApplicationBuilder> Failing(params string[] tags) =>
        builder =>
            builder
                .Services.AddHealthChecks()
                .AddCheck("secret-host-name", () => HealthCheckResult.Unhealthy("no route to 10.1.2.3"), tags);
}
