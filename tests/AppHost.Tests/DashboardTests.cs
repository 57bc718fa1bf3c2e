using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using AspireDeploy.Browsing;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace AppHost.Tests;

/// <summary>The dashboard of the running solution, as somebody with a browser sees it.</summary>
[Collection(RunningSolutionTests.Name)]
public class DashboardTests(RunningSolution running)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Solution Solution => running.Solution;

    [Fact]
    public async Task Resources_AfterTheLogin_AreAllThereWithTheirStates()
    {
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(Solution.DashboardLogin);
        var dashboard = new DashboardPage(page);

        foreach (var name in (string[])["postgres", "catalog", "cache", .. Solution.Instances("api").Select(e => e.ResourceId)])
        {
            await Expect(dashboard.Row(name)).ToContainTextAsync("Running");
        }

        await Expect(dashboard.Row("migrator")).ToContainTextAsync("Finished");
        await Expect(dashboard.Row(Solution.Instances("api")[0].ResourceId)).ToContainTextAsync("Api.csproj");
        await Expect(dashboard.Row(Solution.Instances("api")[0].ResourceId).GetByRole(AriaRole.Link))
            .ToHaveAttributeAsync("href", $"{Solution.App.GetEndpoint("api")}docs");
        await Browser.ScreenshotAsync(page, "resources");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Graph" }).ClickAsync();
        await Expect(page.Locator("svg .resource-name, svg text").GetByText("migrator").First).ToBeVisibleAsync();
        await Browser.ScreenshotAsync(page, "graph");
    }

    [Fact]
    public async Task Resources_WithoutTheToken_AreNotShown()
    {
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(Solution.App.GetEndpoint("aspire-dashboard").ToString());

        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/login"));
        await Expect(page.GetByText("migrator")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task ConsoleLog_OfAReplicaAndOfWhatHasEnded_IsShown()
    {
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(Solution.DashboardLogin);
        var dashboard = new DashboardPage(page);

        await dashboard.OpenAsync($"/consolelogs/resource/{Solution.Instances("api")[0].ResourceId}");
        await Expect(page.GetByText("Now listening on").First).ToBeVisibleAsync();
        await Browser.ScreenshotAsync(page, "console-log");
        await dashboard.OpenAsync($"/consolelogs/resource/{Assert.Single(Solution.Instances("migrator")).ResourceId}");
        await Expect(page.GetByText("migration").First).ToBeVisibleAsync();
        await Browser.ScreenshotAsync(page, "console-log-migrator");
    }

    [Fact]
    public async Task Trace_OfARequest_HasArrived()
    {
        await using var browser = await Browser.StartAsync();
        using var client = Solution.NewConnections("api");
        using var created = await client.PostAsJsonAsync("/items", new { name = "Traced", price = 1 }, Token);

        var page = await browser.OpenAsync(Solution.DashboardLogin);
        await new DashboardPage(page).OpenAsync("/traces");
        // An item that has just been made isn't looked for in the cache at once.
        var trace = page.Locator("tr")
            .Filter(new() { HasText = "GET /items/{id:int}" })
            .Filter(new() { HasText = "cache" })
            .Filter(new() { HasText = "catalog" })
            .First;
        await AspireDeploy.Workload.Until.TrueAsync(
            async () =>
            {
                using (await client.GetAsync(created.Headers.Location, Token)) { }
                try
                {
                    await trace.WaitForAsync(new() { Timeout = 1000 });
                    return true;
                }
                catch (TimeoutException)
                {
                    return false;
                }
            },
            TimeSpan.FromMinutes(2),
            () => "No trace of a request has come from the API, Redis and PostgreSQL.",
            Token
        );
        await Browser.ScreenshotAsync(page, "traces");
        await trace.GetByText("GET /items/{id:int}").First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/traces/detail/"));
        foreach (var resource in (string[])["api", "cache", "postgres"])
        {
            await Expect(page.GetByRole(AriaRole.Gridcell).Filter(new() { HasText = resource }).First).ToBeVisibleAsync();
        }

        await Browser.ScreenshotAsync(page, "trace");
    }

    [Fact]
    public async Task StructuredLogsAndMetrics_OfTheApi_HaveArrived()
    {
        // Health checks are left out of what is measured, so there is nothing to see before the first request.
        using var client = Solution.NewConnections("api");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/items", Token)).StatusCode);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(Solution.DashboardLogin);
        var dashboard = new DashboardPage(page);

        await dashboard.OpenAsync("/structuredlogs");
        await Expect(page.GetByText("Now listening on").First).ToBeVisibleAsync();
        await Browser.ScreenshotAsync(page, "structured-logs");
        await dashboard.OpenAsync("/metrics/resource/api");
        await Expect(page.GetByText("http.server.request.duration").First).ToBeVisibleAsync();
        await Browser.ScreenshotAsync(page, "metrics");
    }

    [Fact]
    public async Task Secrets_UntilTheyAreRevealed_AreNotOnThePage()
    {
        await using var browser = await Browser.StartAsync();
        var connection = new NpgsqlConnectionStringBuilder(await Solution.App.GetConnectionStringAsync("catalog", Token));
        var page = await browser.NewPageAsync();
        var wire = new ConcurrentQueue<string>();
        page.WebSocket += (_, socket) =>
            socket.FrameReceived += (_, frame) => wire.Enqueue(frame.Text ?? Encoding.Latin1.GetString(frame.Binary ?? []));
        page.Response += async (_, response) => wire.Enqueue(await TextOfAsync(response));
        await page.GotoAsync(Solution.DashboardLogin);
        var dashboard = new DashboardPage(page);
        await Expect(dashboard.Row("migrator")).ToContainTextAsync("Finished");
        Assert.DoesNotContain(wire, message => message.Contains(connection.Password!, StringComparison.Ordinal));

        await dashboard.OpenDetailsAsync(Solution.Instances("api")[0].ResourceId);
        await Expect(page.GetByText("ConnectionStrings__catalog").First).ToBeVisibleAsync();
        await Browser.ScreenshotAsync(page, "secrets");
        // The dashboard masks details in the browser; the page has the value only once it is revealed.
        Assert.DoesNotContain(connection.Password!, await page.ContentAsync(), StringComparison.Ordinal);

        await page.Locator("tr", new() { HasText = "ConnectionStrings__catalog" }).First.GetByTitle("Show value").First.ClickAsync();
        await Expect(page.GetByText(connection.Password!).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Details_OfAReplicaWithALimit_SayWhatItUsesOfIt()
    {
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(Solution.DashboardLogin);

        await new DashboardPage(page).OpenDetailsAsync(Solution.Instances("api")[0].ResourceId);

        await Expect(page.GetByText(new System.Text.RegularExpressions.Regex("^[0-9]+ MiB of 512 MiB$")).First).ToBeVisibleAsync();
        await Browser.ScreenshotAsync(page, "details");
    }

    [Fact]
    public async Task Replica_StoppedAndStartedByClicking_IsAnotherProcessUnderTheSameName()
    {
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(Solution.DashboardLogin);
        var replica = Solution.Instances("api")[0];

        await new DashboardPage(page).ClickCommandAsync(replica.ResourceId, "Stop", "Stop resource");
        await new DashboardPage(page).ClickCommandAsync(replica.ResourceId, "Start", "Start resource");

        var after = (await Solution.UntilHealthyAsync("api", Token)).Single(e => e.ResourceId == replica.ResourceId);
        Assert.NotEqual(replica.Snapshot.StartTimeStamp, after.Snapshot.StartTimeStamp);
        await Browser.ScreenshotAsync(page, "restarted");
    }

    private static async Task<string> TextOfAsync(IResponse response)
    {
        try
        {
            return await response.TextAsync();
        }
        catch (PlaywrightException)
        {
            // A redirect, or a page that was left, has none.
            return "";
        }
    }
}
