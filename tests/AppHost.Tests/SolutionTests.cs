using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AspireDeploy.Browsing;
using static Microsoft.Playwright.Assertions;

namespace AppHost.Tests;

/// <summary>The solution as its declaration says: what the README's first five minutes promise.</summary>
[Collection(RunningSolutionTests.Name)]
public class SolutionTests(RunningSolution running)
{
    private const string ReplicaHeader = "X-Replica";
    private const int Replicas = 3;
    private const int ManyRequests = 300;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Solution Solution => running.Solution;

    [Fact]
    public async Task Items_AskedAgainAndAgain_AreAnsweredByThreeReplicas()
    {
        using var client = Solution.NewConnections("api");
        var answered = new HashSet<string>();

        for (var request = 0; request < ManyRequests && answered.Count < Replicas; request++)
        {
            using var answer = await client.GetAsync("/items", Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            answered.Add(ReplicaOf(answer));
        }

        Assert.Equal(Replicas, answered.Count);
        Assert.Equal(Solution.Instances("api").Select(i => i.ResourceId).Order(), answered.Order());
    }

    [Fact]
    public async Task Item_CreatedThroughOneReplica_IsSeenThroughAnother()
    {
        using var client = Solution.NewConnections("api");
        using var created = await client.PostAsJsonAsync("/items", new { name = "Lamp", price = 12.5m }, Token);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var creator = ReplicaOf(created);

        for (var request = 0; request < ManyRequests; request++)
        {
            using var answer = await client.GetAsync(created.Headers.Location, Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            if (ReplicaOf(answer) != creator)
            {
                Assert.Equal("Lamp", (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!["name"]);
                return;
            }
        }

        Assert.Fail($"Only {creator} answered.");
    }

    [Fact]
    public async Task Gateway_InTheDashboard_IsReachedByHttpsFirst()
    {
        var gateway = Assert.Single(await Solution.UntilHealthyAsync("gateway", Token));
        Assert.Equal(
            ["https", "http"],
            gateway.Snapshot.Urls.OrderByDescending(url => url.DisplayProperties.SortOrder).Select(url => url.Name)
        );
    }

    [Fact]
    public async Task Docs_OpenedInABrowser_DescribeTheItems()
    {
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync($"{Solution.App.GetEndpoint("api")}docs");

        await Expect(page).ToHaveTitleAsync("Items");
        await Expect(page.GetByText("/items/{id}").First).ToBeVisibleAsync();
        await Browser.ScreenshotAsync(page, "docs");
    }

    [Fact]
    public async Task Migrator_BeforeAnyReplica_HasFinished()
    {
        var migrator = Assert.Single(Solution.Instances("migrator")).Snapshot;
        Assert.Equal((KnownResourceStates.Finished, 0), (migrator.State?.Text, migrator.ExitCode));
        Assert.True(Solution.History.Precedes(("migrator", KnownResourceStates.Finished), ("api", KnownResourceStates.Running)));
        Assert.Contains("migration", await Solution.LogAsync("migrator", Token), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void States_OfARunWithoutTrouble_ComeInOrder()
    {
        // Other tests may have restarted something since: how it came up is what counts.
        Assert.Equal(["Starting", "Running"], Assert.Single(Solution.History.States("postgres")).Take(2));
        Assert.Equal(["Waiting", "Running", "Finished"], ButForStarts(Assert.Single(Solution.History.States("migrator"))).Take(3));
        Assert.Equal(Replicas, Solution.History.States("api").Count);
        // Its number can be changed, so its replicas are started on request, and the first of them at once.
        Assert.All(Solution.History.States("api"), replica =>
            Assert.Equal(["NotStarted", "Waiting", "Running"], ButForStarts(replica).Take(3))
        );
    }

    // Aspire tells of a start before the wait as well as after it.
    private static IEnumerable<string> ButForStarts(IEnumerable<string> states) =>
        states.Where(state => state != KnownResourceStates.Starting);

    private static string ReplicaOf(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues(ReplicaHeader));
}
