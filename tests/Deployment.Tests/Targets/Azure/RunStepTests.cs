using System.Diagnostics;
using AspireDeploy.Shell;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>
/// The script that runs a step's job, against answers of Azure's REST API: <c>az</c> is a stand-in that gives them, one file a request, since there is no Azure here.
/// (https://learn.microsoft.com/rest/api/resource-manager/containerapps/jobs)
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class RunStepTests : IDisposable
{
    private const string Job = "/subscriptions/0/resourceGroups/rg-shop/providers/Microsoft.App/jobs/migrator";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-step-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Run_AnExecutionThatSucceeds_EndsWithIt()
    {
        var (code, said, _) = await RunAsync(before: "old-1", after: "old-1 new-1", statuses: ["Processing", "Running", "Succeeded"]);

        Assert.Equal((0, "The step migrator runs: new-1.\nThe step migrator has completed.\n"), (code, said));
        Assert.Equal($"{Job}/executions/new-1?api-version=2025-07-01", (await RequestsAsync())[^1]);
    }

    [Fact]
    public async Task Run_TheExecutionThatStartingTells_IsTheOneThatIsAwaited()
    {
        var (code, said, _) = await RunAsync(before: "old-1", after: "old-1 other-1", statuses: ["Succeeded"], started: "new-1");

        Assert.Equal((0, "The step migrator runs: new-1.\nThe step migrator has completed.\n"), (code, said));
        Assert.Equal(3, (await RequestsAsync()).Length);
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Stopped")]
    [InlineData("Degraded")]
    public async Task Run_AnExecutionThatDoesNotSucceed_Fails_AndSaysWhereItsLogIs(string status)
    {
        var (code, _, errors) = await RunAsync(before: "", after: "new-1", statuses: ["Running", status]);

        Assert.Equal(1, code);
        Assert.Contains($"The step migrator has ended: {status}. Who waits for it isn't deployed. Its log: az containerapp job logs show --name migrator --resource-group rg-shop", errors, StringComparison.Ordinal);
        Assert.Contains("--execution new-1", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ARightThatIsNotKnownYet_IsTriedAgain()
    {
        var (code, _, _) = await RunAsync(before: "", after: "new-1", statuses: ["Succeeded"], refusals: ["(AuthorizationFailed) The client does not have authorization", "(AuthorizationFailed) The client does not have authorization"]);

        Assert.Equal(0, code);
        Assert.Equal(3, (await RequestsAsync()).Count(static request => request.Contains("/start?", StringComparison.Ordinal)));
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
        var (code, _, errors) = await RunAsync(before: "", after: "new-1", statuses: ["Running"], patience: 0);

        Assert.Equal((1, "The step migrator hasn't ended within 0 seconds.\n"), (code, errors));
    }

    [Fact]
    public async Task Run_AnExecutionThatNeverBegins_FailsWhenItsTimeIsUp()
    {
        var (code, _, errors) = await RunAsync(before: "old-1", after: "old-1", statuses: [], patience: 0);

        Assert.Equal((1, "The step migrator hasn't begun within 0 seconds.\n"), (code, errors));
    }

    private async Task<(int Code, string Said, string Errors)> RunAsync(string before, string after, string[] statuses, string[]? refusals = null, int patience = 600, string started = "None")
    {
        await WriteAsync("before", before.Replace(' ', '\n'));
        await WriteAsync("after", after.Replace(' ', '\n'));
        await WriteAsync("started", started);
        await WriteAsync("statuses", string.Join('\n', statuses));
        await WriteAsync("refusals", string.Concat((refusals ?? []).Select(static refusal => refusal + "\n")));
        await WriteAsync("run-step.sh", ScriptTemplate.Fill("Azure/run-step.sh"));
        var az = await WriteAsync("az", """
            #!/bin/sh
            cd "$(dirname "$0")"
            url=$6
            echo "$url" >> requests
            case "$url" in
              */start\?*)
                if [ -s refusals ]; then head -n 1 refusals >&2; sed -i 1d refusals; exit 1; fi
                cp after before
                cat started
                ;;
              */executions\?*) cat before ;;
              *) head -n 1 statuses; if [ "$(wc -l < statuses)" -gt 0 ]; then sed -i 1d statuses; fi ;;
            esac
            """);
        File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo("/bin/sh", ["run-step.sh"]) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        (start.Environment["JOB"], start.Environment["STEP"], start.Environment["PATIENCE"], start.Environment["PAUSE"]) = (Job, "migrator", patience.ToString(System.Globalization.CultureInfo.InvariantCulture), "0");
        using var script = Process.Start(start)!;
        var (said, errors) = (script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (script.ExitCode, await said, await errors);
    }

    private Task<string[]> RequestsAsync() => File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "requests"), TestContext.Current.CancellationToken);

    private async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return path;
    }
}
