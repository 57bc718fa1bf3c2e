using System.Net;
using AspireDeploy.ServiceDefaults.Shutdown;
using AspireDeploy.Workload;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.ServiceDefaults.Tests.Shutdown;

public sealed class DrainingTests
{
    [Fact]
    public async Task Stop_RequestInFlight_TurnsUnhealthyStillAcceptsAndFinishesIt()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var release = new TaskCompletionSource();
        await using var web = await RunningWeb.StartAsync([new("Shutdown:DrainSeconds", "20")], map: app =>
        {
            app.MapGet("/slow", async () =>
            {
                await release.Task;
                return "finished";
            });
            app.MapGet("/quick", () => "quick");
        });
        var slow = web.Client.GetStringAsync("/slow", cancellation);
        Assert.Equal("Healthy", await web.Client.GetStringAsync("/health", cancellation));

        using var draining = new CancellationTokenSource();
        var stop = web.App.StopAsync(draining.Token);

        using (var health = await web.Client.GetAsync("/health", cancellation))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
            Assert.True(health.Headers.ConnectionClose);
        }
        Assert.Equal("Healthy", await web.Client.GetStringAsync("/alive", cancellation));
        Assert.Equal("quick", await web.Client.GetStringAsync("/quick", cancellation));
        release.SetResult();
        Assert.Equal("finished", await slow);
        Assert.False(stop.IsCompleted);
        await draining.CancelAsync();
        await stop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task Stop_AfterDraining_AcceptsNothingNewButFinishesWhatIsInFlight()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var release = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        await using var web = await RunningWeb.StartAsync(map: app => app.MapGet("/slow", async () =>
            {
                arrived.SetResult();
                await release.Task;
                return "finished";
            }));
        var slow = web.Client.GetStringAsync("/slow", cancellation);
        await arrived.Task;

        var stop = web.App.StopAsync(cancellation);

        using var fresh = new HttpClient { BaseAddress = web.Client.BaseAddress };
        await Until.TrueAsync(
            async () =>
            {
                try
                {
                    await fresh.GetStringAsync("/alive", cancellation);
                    return false;
                }
                catch (HttpRequestException refused)
                {
                    return refused.HttpRequestError == HttpRequestError.ConnectionError;
                }
            },
            TimeSpan.FromSeconds(60),
            () => "It went on accepting.",
            cancellation
        );
        Assert.False(slow.IsCompleted);
        release.SetResult();
        Assert.Equal("finished", await slow);
        await stop;
    }

    [Fact]
    public async Task Stop_RequestNeverFinishes_EndsAtTheTimeout()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var arrived = new TaskCompletionSource();
        await using var web = await RunningWeb.StartAsync([new("Shutdown:TimeoutSeconds", "0.5")], map: app =>
            app.MapGet("/stuck", async () =>
            {
                arrived.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
            })
        );
        var stuck = web.Client.GetAsync("/stuck", cancellation);
        await arrived.Task;

        await web
            .App.StopAsync(cancellation)
            .WaitAsync(TimeSpan.FromSeconds(30), cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => stuck);
    }

    [Theory]
    [InlineData("Development", 0)]
    [InlineData("Production", 3)]
    public void ShutdownSettings_NothingSet_DrainsOutsideDevelopment(string environment, double drain)
    {
        var settings = ShutdownSettings.From(
            new ConfigurationBuilder().Build(),
            Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = environment }).Environment
        );

        Assert.Equal(new ShutdownSettings(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(drain)), settings);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("1e9")]
    [InlineData("NaN")]
    public void ShutdownSettings_NoNumberOfSeconds_NamesTheSetting(string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Shutdown:DrainSeconds", value)]).Build();

        var wrong = Assert.Throws<SettingException>(() =>
            ShutdownSettings.From(configuration, Host.CreateEmptyApplicationBuilder(null).Environment)
        );

        Assert.Contains("Shutdown:DrainSeconds", wrong.Message, StringComparison.Ordinal);
    }
}
