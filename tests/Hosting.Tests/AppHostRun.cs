using System.Diagnostics;
using AspireDeploy.Workload;

namespace AspireDeploy.Hosting.Tests;

/// <summary>
/// One of the AppHosts of a few lines, as a process of its own. Everything that it starts carries a mark, so that a test can tell what of
/// it is left.
/// </summary>
internal sealed class AppHostRun : IAsyncDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(5);

    private readonly MarkedProcesses _processes = new();
    private readonly ServiceProcess _process;

    private AppHostRun(DataFolder data, IReadOnlyDictionary<string, string?> environment, string[] arguments)
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "What is left of a run is found in /proc.");
        _process = ServiceProcess.Start(
            "tests/SmallAppHosts",
            new Dictionary<string, string?>(environment)
            {
                [_processes.Mark.Key] = _processes.Mark.Value,
                ["ASPIREDEPLOY_DATA"] = data.Path,
                ["DcpPublisher__RandomizePorts"] = "true",
                // These runs look at nothing that it shows.
                ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
                ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{ServiceProcess.FreePort()}",
                ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = $"http://127.0.0.1:{ServiceProcess.FreePort()}",
                ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = $"http://127.0.0.1:{ServiceProcess.FreePort()}",
            },
            arguments
        );
    }

    public IReadOnlyList<string> Output => [.. _process.Output, .. _process.Errors];

    public static AppHostRun Start(string declaration, DataFolder data, IReadOnlyDictionary<string, string?>? environment = null) =>
        new(data, environment ?? new Dictionary<string, string?>(), [declaration]);

    public Task<int> EndAsync() => _process.EndAsync(TestContext.Current.CancellationToken);

    public void Interrupt() => Signals.Interrupt(_process.Id);

    public void Kill() => _process.Kill();

    /// <summary>Kills it and all that has it for an ancestor, as <c>aspire run</c> does on Ctrl+C.</summary>
    public void KillTree()
    {
        using var process = Process.GetProcessById(_process.Id);
        process.Kill(entireProcessTree: true);
    }

    public Task KillEverythingAsync() => _processes.KillAsync();

    public IReadOnlyList<MarkedProcess> Running(string program) => [.. _processes.Living().Where(process => process.Program == program)];

    public Task UntilSaysAsync(string text) =>
        UntilAsync(() => Output.Any(line => line.Contains(text, StringComparison.Ordinal)), $"It never said '{text}'.");

    public Task UntilRunsAsync(string program) => UntilAsync(() => Running(program).Count > 0, $"{program} never ran.");

    public Task UntilNothingIsLeftAsync() => UntilAsync(() => _processes.Living().Count == 0, "Something is left of it.");

    public async ValueTask DisposeAsync()
    {
        await _processes.KillAsync();
        await _process.DisposeAsync();
    }

    private Task UntilAsync(Func<bool> condition, string otherwise) =>
        Until.TrueAsync(
            () => Task.FromResult(condition()),
            Generous,
            () =>
                $"{otherwise} What runs: {string.Join(", ", _processes.Living().Select(process => process.Program))}. It "
                + $"said:\n{string.Join('\n', Output)}",
            TestContext.Current.CancellationToken
        );
}
