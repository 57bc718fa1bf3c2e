using AspireDeploy.Browsing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace AppHost.Tests;

/// <summary>The previous step fails: a table is in the way of the first migration.</summary>
public class MigratorFailureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrator_Fails_NoReplicaStartsUntilItIsMendedAndStartedAgain()
    {
        await using var solution = await Solution.StartAsync(Token, declare: PutTableInTheWay);

        var api = await solution.UntilAsync(
            "api",
            snapshot => snapshot.State?.Text == KnownResourceStates.FailedToStart && Reason(snapshot) is not null,
            Token
        );

        Assert.Equal(1, Assert.Single(solution.Instances("migrator")).Snapshot.ExitCode);
        Assert.Equal(3, api.Count);
        Assert.All(api, replica => Assert.Equal("migrator exited with code 1, expected 0", Reason(replica.Snapshot)));
        Assert.False(solution.History.Any("api", s => s.State?.Text == KnownResourceStates.Running));
        Assert.Contains("already exists", await solution.LogAsync("migrator", Token), StringComparison.Ordinal);

        // A replica can't be started all the same; whoever asked is told why.
        var start = await solution.App.ResourceCommands.ExecuteCommandAsync(api[0].ResourceId, KnownResourceCommands.StartCommand, Token);
        Assert.False(start.Success);
        Assert.Contains("stopped waiting for dependency resource 'migrator'", start.Message, StringComparison.Ordinal);
        Assert.False(solution.History.Any("api", s => s.State?.Text == KnownResourceStates.Running));

        await TakeTableAwayAsync(solution.App);
        await solution.CommandAsync("migrator", KnownResourceCommands.StartCommand, Token);

        api = await solution.UntilHealthyAsync("api", Token);
        Assert.All(api, replica => Assert.Null(Reason(replica.Snapshot)));
        Assert.Equal(0, Assert.Single(solution.Instances("migrator")).Snapshot.ExitCode);
        Assert.Equal(
            ["NotStarted", "FailedToStart", "Running"],
            solution.History.States("api")[1].Where(state => state is not ("Starting" or "Waiting"))
        );
    }

    [Fact]
    public async Task Migrator_StartedFromTheDashboardOnceMended_LetsApiStart()
    {
        await using var browser = await Browser.StartAsync();
        await using var solution = await Solution.StartAsync(Token, dashboard: true, declare: PutTableInTheWay);
        await solution.UntilAsync("api", KnownResourceStates.FailedToStart, Token);
        var page = await browser.OpenAsync(solution.DashboardLogin);
        var dashboard = new DashboardPage(page);
        await Expect(dashboard.Row(solution.Instances("api")[0].ResourceId)).ToContainTextAsync("Failed to start");
        await Browser.ScreenshotAsync(page, "migrator-failed");
        await dashboard.OpenDetailsAsync(solution.Instances("api")[0].ResourceId);
        await Expect(page.GetByText("migrator exited with code 1, expected 0").First).ToBeVisibleAsync();
        await Browser.ScreenshotAsync(page, "migrator-failed-reason");

        await TakeTableAwayAsync(solution.App);
        await dashboard.OpenAsync("/");
        await dashboard.ClickCommandAsync("migrator", "Start", "Start resource");

        await solution.UntilHealthyAsync("api", Token);
        await Expect(dashboard.Row(solution.Instances("api")[0].ResourceId)).ToContainTextAsync("Running");
    }

    private static void PutTableInTheWay(IDistributedApplicationTestingBuilder builder)
    {
        var isThere = false;
        builder.Eventing.Subscribe<BeforeResourceStartedEvent>(
            builder.CreateResourceBuilder<ProjectResource>("migrator").Resource,
            async (@event, token) =>
            {
                if (!isThere)
                {
                    isThere = true;
                    await @event.Services.GetRequiredService<ResourceNotificationService>().WaitForResourceHealthyAsync("catalog", token);
                    await ExecuteAsync(@event.Services, "CREATE TABLE items (mine integer)", token);
                }
            }
        );
    }

    private static Task TakeTableAwayAsync(DistributedApplication app) => ExecuteAsync(app.Services, "DROP TABLE items", Token);

    private static async Task ExecuteAsync(IServiceProvider services, string sql, CancellationToken cancellationToken)
    {
        var catalog = services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<PostgresDatabaseResource>().Single();
        await using var connection = new NpgsqlConnection(
            await catalog.ConnectionStringExpression.GetValueAsync(cancellationToken) + ";Pooling=false"
        );
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string? Reason(CustomResourceSnapshot snapshot) =>
        snapshot.Properties.FirstOrDefault(p => p.Name == "Reason")?.Value as string;
}
