using System.Net;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using AspireDeploy.Browsing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using static Microsoft.Playwright.Assertions;

namespace EmbeddedHost.Tests.Dashboard;

/// <summary>The real dashboard in a real browser.</summary>
public class DashboardTests
{
    private const string Password = "hush-4711";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dashboard_WithToken_ShowsEveryResourceItsLogAndRunsItsCommand()
    {
        await using var host = new DashboardHost();
        await using var dashboard = await DashboardProcess.StartAsync(host);
        await using var browser = await Browser.StartAsync();
        var api = new CommandedResource("api");
        await PublishShopAsync(host, api);

        var login = (await host.Log.FindAsync(text => text.StartsWith("Login to the dashboard at ", StringComparison.Ordinal), Token)).Text.Split(' ')[^1];
        var page = await browser.OpenAsync(login);

        await Expect(page).ToHaveTitleAsync("Shop resources");
        var rows = page.Locator("tr.resource-row");
        foreach (var text in new[] { "postgres", "catalog", "cache", "migrator", "api-aaaaaaaa", "api-bbbbbbbb" })
        {
            await Expect(rows.Filter(new() { HasText = text }).First).ToBeVisibleAsync();
        }

        await Expect(page.GetByText("aspire-dashboard")).ToHaveCountAsync(0);
        await Expect(rows.Filter(new() { HasText = "migrator" })).ToContainTextAsync("Finished");
        await Expect(rows.Filter(new() { HasText = "api-bbbbbbbb" })).ToContainTextAsync("Unhealthy");
        await Browser.ScreenshotAsync(page, "dashboard-resources");

        await page.GotoAsync($"{dashboard.Addresses.Main.LocalUrl}?resource=postgres-aaaaaaaa");
        await Expect(page.GetByText("PGPASSWORD")).ToBeVisibleAsync();
        await Browser.ScreenshotAsync(page, "dashboard-details");
        Assert.DoesNotContain(Password, await page.InnerTextAsync("body"), StringComparison.Ordinal);
        await page.GotoAsync(dashboard.Addresses.Main.LocalUrl.ToString());
        await rows.Filter(new() { HasText = "api-bbbbbbbb" }).GetByTitle("Greet").ClickAsync();
        await Expect(page.GetByText("api-bbbbbbbb \"Greet\" succeeded")).ToBeVisibleAsync();
        await Browser.ScreenshotAsync(page, "dashboard-command");
        Assert.Equal("api-bbbbbbbb", await api.Greeted.Task);

        await page.GotoAsync($"{dashboard.Addresses.Main.LocalUrl}consolelogs/resource/migrator-aaaaaaaa");
        await Expect(page.GetByText("3 migrations applied")).ToBeVisibleAsync();
        host.Logs.GetLogger("migrator-aaaaaaaa").LogError("and one too many");
        await Expect(page.GetByText("and one too many")).ToBeVisibleAsync();
        await Browser.ScreenshotAsync(page, "dashboard-log");
        // Leaving a page while it loads makes ASP.NET Core complain; the dashboard's own code must be content with what it is fed.
        Assert.DoesNotContain(host.Log.Entries, entry => entry.Level >= LogLevel.Warning && !entry.Category.StartsWith(DashboardLog.ThirdPartyCategory, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dashboard_WrongToken_AsksForTheRightOne()
    {
        await using var host = new DashboardHost();
        await using var dashboard = await DashboardProcess.StartAsync(host);
        await host.Log.FindAsync(text => text.StartsWith("Now listening on: ", StringComparison.Ordinal), Token);
        using var client = new HttpClient { BaseAddress = dashboard.Addresses.Main.LocalUrl };

        Assert.Equal("/login", await PathAfterAsync("login?t=wrong"));
        Assert.Equal("/login", await PathAfterAsync("/"));
        Assert.Equal("/", await PathAfterAsync($"login?t={host.Options.BrowserToken}"));

        async Task<string> PathAfterAsync(string path)
        {
            using var response = await client.GetAsync(path, Token);
            return response.RequestMessage!.RequestUri!.AbsolutePath;
        }
    }

    [Fact]
    public async Task Dashboard_Telemetry_NeedsTheKey()
    {
        await using var host = new DashboardHost();
        await using var dashboard = await DashboardProcess.StartAsync(host);
        await host.Log.FindAsync(text => text.StartsWith("Now listening on: ", StringComparison.Ordinal), Token);
        using var client = new HttpClient { BaseAddress = dashboard.Addresses.OtlpHttp!.LocalUrl };

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(null));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync("wrong"));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(host.Options.OtlpApiKey));

        async Task<HttpStatusCode> SendAsync(string? key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "v1/traces") { Content = new ByteArrayContent([]) };
            request.Content.Headers.ContentType = new("application/x-protobuf");
            if (key is not null)
            {
                request.Headers.Add("x-otlp-api-key", key);
            }

            using var response = await client.SendAsync(request, Token);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Dashboard_EndsBeforeItAnswers_IsSaid()
    {
        await using var host = new DashboardHost();
        await using var dashboard = await DashboardProcess.StartAsync(host);

        await dashboard.KillAsync();

        var (_, level, text) = await host.Log.FindAsync(text => text.StartsWith("The dashboard ended before it answered", StringComparison.Ordinal), Token);
        Assert.Equal(LogLevel.Error, level);
        Assert.Contains(dashboard.Addresses.Main.ToString(), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboard_Keys_AreNotOnItsCommandLine()
    {
        await using var host = new DashboardHost();
        await using var dashboard = await DashboardProcess.StartAsync(host);

        var options = host.Options;
        Assert.All([options.BrowserToken, options.OtlpApiKey, options.ApiKey, options.ResourceServiceKey], key =>
            Assert.DoesNotContain(key!, dashboard.CommandLine, StringComparison.Ordinal));
    }

    private static async Task PublishShopAsync(DashboardHost host, CommandedResource api)
    {
        var started = DateTime.UtcNow.AddMinutes(-1);
        var postgres = new FakeResource("postgres");
        var snapshot = new CustomResourceSnapshot { ResourceType = "Executable", Properties = [], CreationTimeStamp = started, StartTimeStamp = started };
        await host.PublishAsync(postgres, "postgres-aaaaaaaa", snapshot with
        {
            State = "Running",
            EnvironmentVariables = [new("PGPASSWORD", Password, IsFromSpec: true)],
            Urls = [new("tcp", "tcp://localhost:5432", IsInternal: false)],
            Properties =
            [
                new(KnownResourceProperties.ExecutablePath, "/opt/postgres/bin/postgres") { IsHighlighted = true, DisplayName = "Executable path" },
                new(KnownResourceProperties.ConnectionString, $"Host=localhost;Password={Password}") { IsSensitive = true, IsHighlighted = true },
            ],
        });
        await host.PublishAsync(new FakeResource("catalog"), "catalog", snapshot with
        {
            ResourceType = "PostgresDatabaseResource",
            State = "Running",
            Relationships = [new("postgres", "Parent")],
            Properties = [new(KnownResourceProperties.ParentName, "postgres-aaaaaaaa")],
        });
        await host.PublishAsync(new FakeResource("cache"), "cache-aaaaaaaa", snapshot with { State = new(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error), ExitCode = 1 });
        await host.PublishAsync(new FakeResource("migrator"), "migrator-aaaaaaaa", snapshot with { ResourceType = "Project", State = "Finished", ExitCode = 0, StopTimeStamp = started.AddSeconds(3) });
        host.Logs.GetLogger("migrator-aaaaaaaa").LogInformation("3 migrations applied");
        foreach (var (instance, health) in new[] { ("api-aaaaaaaa", HealthStatus.Healthy), ("api-bbbbbbbb", HealthStatus.Unhealthy) })
        {
            await host.PublishAsync(api, instance, (snapshot with
            {
                ResourceType = "Project",
                State = "Running",
                Urls = [new("http", "http://localhost:5080", IsInternal: false) { DisplayProperties = new("Items") }],
                Properties = [new(KnownResourceProperties.ProjectPath, "/src/Api/Api.csproj") { IsHighlighted = true, DisplayName = "Project path" }],
            }).WithHealthReports([new("ready", health, "answered", null) { LastRunAt = DateTime.UtcNow }]));
        }
    }
}
