namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>The script that runs a job's job. (https://learn.microsoft.com/rest/api/resource-manager/containerapps/jobs)</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class RunJobTests : IDisposable
{
    private const string Job = "/subscriptions/0/resourceGroups/rg-shop/providers/Microsoft.App/jobs/migrator";

    private readonly AzureAnswers _azure = new();

    public void Dispose() => _azure.Dispose();

    [Fact]
    public async Task Run_AnExecutionThatSucceeds_EndsWithIt()
    {
        var (code, said, _) = await RunAsync(before: "old-1", after: "old-1 new-1", statuses: ["Processing", "Running", "Succeeded"]);

        Assert.Equal((0, "The job migrator runs: new-1.\nThe job migrator has completed.\n"), (code, said));
        Assert.Equal($"{Job}/executions/new-1?api-version=2025-07-01", (await _azure.RequestsAsync())[^1]);
    }

    [Fact]
    public async Task Run_TheExecutionThatStartingTells_IsTheOneThatIsAwaited()
    {
        var (code, said, _) = await RunAsync(before: "old-1", after: "old-1 other-1", statuses: ["Succeeded"], started: "new-1");

        Assert.Equal((0, "The job migrator runs: new-1.\nThe job migrator has completed.\n"), (code, said));
        Assert.Equal(4, (await _azure.RequestsAsync()).Length);
    }

    [Fact]
    public async Task Run_WhereAnExecutionStillRuns_WaitsForIt_AndThenStartsItsOwn()
    {
        var (code, said, _) = await RunAsync(before: "old-1", after: "old-1 new-1", statuses: ["Succeeded"], busy: ["old-1", ""]);

        Assert.Equal((0, "The job migrator runs: new-1.\nThe job migrator has completed.\n"), (code, said));
        Assert.Equal(
            3,
            (await _azure.RequestsAsync()).TakeWhile(static request => !request.Contains("/start?", StringComparison.Ordinal)).Count()
        );
    }

    [Fact]
    public async Task Run_WhereAnExecutionNeverEnds_StartsNone()
    {
        var (code, _, errors) = await RunAsync(before: "old-1", after: "old-1", statuses: [], busy: ["old-1"], timeout: 0);

        Assert.Equal(
            (1, "The job migrator runs already, of a deployment before (old-1), and hasn't ended within 0 seconds.\n"),
            (code, errors)
        );
        Assert.DoesNotContain(await _azure.RequestsAsync(), static request => request.Contains("/start?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Stopped")]
    [InlineData("Degraded")]
    public async Task Run_AnExecutionThatDoesNotSucceed_Fails_AndSaysWhereItsLogIs(string status)
    {
        var (code, _, errors) = await RunAsync(before: "", after: "new-1", statuses: ["Running", status]);

        Assert.Equal(1, code);
        Assert.Contains(
            $"The job migrator has ended: {status}. Who waits for it isn't deployed. Its log: az containerapp job logs show --name "
                + "migrator --resource-group rg-shop",
            errors,
            StringComparison.Ordinal
        );
        Assert.Contains("--execution new-1", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ARightThatIsNotKnownYet_IsTriedAgain()
    {
        var (code, _, _) = await RunAsync(
            before: "",
            after: "new-1",
            statuses: ["Succeeded"],
            refusals:
            [
                "(AuthorizationFailed) The client does not have authorization",
                "(AuthorizationFailed) The client does not have authorization",
            ]
        );

        Assert.Equal(0, code);
        Assert.Equal(3, (await _azure.RequestsAsync()).Count(static request => request.Contains("/start?", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_AnotherRefusal_Fails_WithWhatWasSaid()
    {
        var (code, _, errors) = await RunAsync(before: "", after: "", statuses: [], refusals: ["(InvalidImage) no such image"]);

        Assert.Equal((1, "(InvalidImage) no such image\n"), (code, errors));
    }

    [Fact]
    public async Task Run_AnExecutionThatNeverEnds_FailsWhenItsTimeIsUp()
    {
        var (code, _, errors) = await RunAsync(before: "", after: "new-1", statuses: ["Running"], timeout: 0);

        Assert.Equal((1, "The job migrator hasn't ended within 0 seconds.\n"), (code, errors));
    }

    [Fact]
    public async Task Run_AnExecutionThatNeverBegins_FailsWhenItsTimeIsUp()
    {
        var (code, _, errors) = await RunAsync(before: "old-1", after: "old-1", statuses: [], timeout: 0);

        Assert.Equal((1, "The job migrator hasn't begun within 0 seconds.\n"), (code, errors));
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(
        string before,
        string after,
        string[] statuses,
        string[]? refusals = null,
        int timeout = 600,
        string started = "None",
        string[]? busy = null
    )
    {
        await _azure.WriteAsync("before", before.Replace(' ', '\n'));
        await _azure.WriteAsync("after", after.Replace(' ', '\n'));
        await _azure.WriteAsync("started", started);
        await _azure.WriteAsync("busy", string.Concat((busy ?? []).Select(static execution => execution + "\n")));
        await _azure.WriteAsync("statuses", string.Join('\n', statuses));
        await _azure.WriteAsync("refusals", string.Concat((refusals ?? []).Select(static refusal => refusal + "\n")));
        return await _azure.RunAsync(
            "run-job.sh",
            """
            case "$url" in
              */start\?*)
                if [ -s refusals ]; then head -n 1 refusals >&2; sed -i 1d refusals; exit 1; fi
                cp after before
                cat started
                ;;
              */executions\?*)
                case "$8" in
                  *status*) head -n 1 busy; if [ "$(wc -l < busy)" -gt 1 ]; then sed -i 1d busy; fi ;;
                  *) cat before ;;
                esac
                ;;
              *) head -n 1 statuses; if [ "$(wc -l < statuses)" -gt 0 ]; then sed -i 1d statuses; fi ;;
            esac
            """,
            ("JOB", Job),
            ("NAME", "migrator"),
            ("TIMEOUT", timeout.ToString(System.Globalization.CultureInfo.InvariantCulture))
        );
    }
}
