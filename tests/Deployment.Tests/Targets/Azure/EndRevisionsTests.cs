using System.Globalization;
using System.Text.RegularExpressions;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>
/// The script that ends what runs of an app before its next revision starts.
/// (https://learn.microsoft.com/rest/api/resource-manager/containerapps/container-apps-revisions)
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed partial class EndRevisionsTests : IDisposable
{
    private const string App = "/subscriptions/0/resourceGroups/rg-shop/providers/Microsoft.App/containerApps/postgres";
    private const string Version = "?api-version=2025-07-01";

    private readonly AzureAnswers _azure = new();

    public void Dispose() => _azure.Dispose();

    [Fact]
    public async Task End_AnAppThatIsNotThereYet_HasNothingToEnd()
    {
        var (code, said, _) = await RunAsync(latest: null, active: "");

        Assert.Equal((0, "There is no postgres yet.\n"), (code, said));
        Assert.Matches(NewSuffix(), _azure.Outputs);
        Assert.Equal(App + Version, Assert.Single(await _azure.RequestsAsync()));
    }

    [Fact]
    public async Task End_AnotherRevision_IsDeactivated_AndItsReplicasAreAwaited()
    {
        var (code, said, _) = await RunAsync(latest: "postgres--rold-1", active: "postgres--rold-1", replicas: ["1", "1", "0"]);

        Assert.Equal((0, "postgres--rold-1 is ended.\nNothing of postgres runs any more.\n"), (code, said));
        Assert.Matches(NewSuffix(), _azure.Outputs);
        var requests = await _azure.RequestsAsync();
        Assert.Equal(
            [
                $"{App}{Version}",
                $"{App}/revisions{Version}",
                $"{App}/revisions/postgres--rold-1/deactivate{Version}",
                .. Enumerable.Repeat($"{App}/revisions/postgres--rold-1/replicas{Version}", 4),
            ],
            requests
        );
    }

    [Theory]
    [InlineData("Running")]
    [InlineData("RunningAtMaxScale")]
    public async Task End_WhatWouldBeDeployedAndRuns_IsLeftAlone_AndKeepsItsName(string state)
    {
        var (code, said, _) = await RunAsync(latest: "postgres--rnew-1", active: "postgres--rnew-1", state: state);

        Assert.Equal((0, "postgres--rnew-1 runs, and nothing in it has changed.\n"), (code, said));
        Assert.Equal("{\"suffix\":\"rnew-1\"}\n", _azure.Outputs);
        Assert.DoesNotContain(await _azure.RequestsAsync(), static request => request.Contains("deactivate", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Degraded", "postgres--rnew-1", "postgres--rnew-1")]
    [InlineData("Failed", "postgres--rnew-1", "postgres--rnew-1")]
    [InlineData("Running", "postgres--rnew-1", "")]
    [InlineData("Running", "postgres--rnew-1", "postgres--rnew-1 postgres--rold-1")]
    [InlineData("Running", "postgres--rold-2", "postgres--rnew-1")]
    public async Task End_WhatWouldBeDeployed_ButIsEndedOrUnwellOrNotTheLatest_IsDeployedAnew(string state, string latest, string active)
    {
        var (code, _, _) = await RunAsync(latest, active, state: state);

        Assert.Equal(0, code);
        Assert.Matches(NewSuffix(), _azure.Outputs);
        Assert.Equal(
            active.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            (await _azure.RequestsAsync())
                .Where(static request => request.Contains("/deactivate", StringComparison.Ordinal))
                .Select(static request => request.Split('/')[^2])
        );
    }

    [Fact]
    public async Task End_RevisionsOnMorePagesThanOne_AreAllEnded()
    {
        await _azure.WriteAsync("second-page", "next:\npostgres--rold-1\n");

        var (code, said, _) = await RunAsync(
            latest: "postgres--rold-2",
            active: "postgres--rold-2",
            next: $"https://management.azure.com{App}/revisions{Version}&%24skipToken=2"
        );

        Assert.Equal(0, code);
        Assert.Contains("postgres--rold-1 is ended.\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_TheLatestThatIsEndingAlready_IsAwaited()
    {
        await RunAsync(latest: "postgres--rold-1", active: "", replicas: ["1", "0"]);

        Assert.Equal(2, (await _azure.RequestsAsync()).Count(static request => request.Contains("/replicas?", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task End_ARevisionThatIsNoMore_HasNoReplicas()
    {
        var (code, _, _) = await RunAsync(latest: "postgres--rold-1", active: "", replicas: ["gone"]);

        Assert.Equal(0, code);
    }

    [Fact]
    public async Task End_AReplicaThatDoesNotEnd_FailsWhenItsTimeIsUp_AndSaysHowToGoBack()
    {
        var (code, _, errors) = await RunAsync(latest: "postgres--rold-1", active: "postgres--rold-1", replicas: ["1"], timeout: 0);

        Assert.Equal(1, code);
        Assert.Equal(
            "A replica of postgres--rold-1 still runs after 0 seconds, and may write. So postgres isn't deployed, and doesn't "
                + "serve. Deploy it again; or go back: az containerapp revision activate --name postgres --resource-group rg-shop "
                + "--revision postgres--rold-1\n",
            errors
        );
        Assert.Null(_azure.Outputs);
    }

    [Fact]
    public async Task End_ARightThatIsNotKnownYet_IsTriedAgain()
    {
        var (code, _, _) = await RunAsync(
            latest: "postgres--rold-1",
            active: "postgres--rold-1",
            refusals:
            [
                "(AuthorizationFailed) The client does not have authorization",
                "(AuthorizationFailed) The client does not have authorization",
            ]
        );

        Assert.Equal(0, code);
        Assert.Equal(3, (await _azure.RequestsAsync()).Count(static request => request.Contains("/deactivate?", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task End_AnotherRefusal_Fails_WithWhatWasSaid_AndNothingIsDeployed()
    {
        var (code, _, errors) = await RunAsync(
            latest: "postgres--rold-1",
            active: "postgres--rold-1",
            refusals: ["(RevisionOperationError) not now"]
        );

        Assert.Equal((1, "(RevisionOperationError) not now\n", null), (code, errors, _azure.Outputs));
    }

    // Of the last number of replicas there are as many for ever.
    private async Task<(int Code, string Output, string Errors)> RunAsync(
        string? latest,
        string active,
        string state = "Running",
        string[]? replicas = null,
        string[]? refusals = null,
        int timeout = 600,
        string next = ""
    )
    {
        if (latest is not null)
            await _azure.WriteAsync("latest", latest);
        await _azure.WriteAsync(
            "first-page",
            $"next:{next}\n{string.Concat(active.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static name => name + "\n"))}"
        );
        await _azure.WriteAsync("state", state);
        await _azure.WriteAsync("replicas", string.Join('\n', replicas ?? ["0"]) + "\n");
        await _azure.WriteAsync("refusals", string.Concat((refusals ?? []).Select(static refusal => refusal + "\n")));
        return await _azure.RunAsync(
            "end-revisions.sh",
            """
            case "$url" in
              *skipToken*) cat second-page ;;
              */deactivate\?*)
                [ "$method" = post ] || exit 1
                if [ -s refusals ]; then head -n 1 refusals >&2; sed -i 1d refusals; exit 1; fi
                ;;
              */replicas\?*)
                count=$(head -n 1 replicas)
                if [ "$(wc -l < replicas)" -gt 1 ]; then sed -i 1d replicas; fi
                if [ "$count" = gone ]; then echo 'ERROR: Not Found({"error":{"code":"ResourceNotFound"}})' >&2; exit 1; fi
                echo "$count"
                ;;
              */revisions\?*) cat first-page ;;
              */revisions/*) cat state ;;
              *) cat latest 2> /dev/null || { echo 'ERROR: Not Found({"error":{"code":"ResourceNotFound"}})' >&2; exit 1; } ;;
            esac
            """,
            ("APP", App),
            ("CONTENT", "new"),
            ("TIMEOUT", timeout.ToString(CultureInfo.InvariantCulture))
        );
    }

    [GeneratedRegex(@"\A\{""suffix"":""rnew-[0-9a-f]{8}""\}\n\z", RegexOptions.CultureInvariant)]
    private static partial Regex NewSuffix();
}
