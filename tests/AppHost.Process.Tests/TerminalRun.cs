using AspireDeploy.Workload;

namespace AppHost.Process.Tests;

/// <summary>An AppHost of a few lines in a terminal, under <c>dotnet run</c> as a person runs it.</summary>
internal sealed class TerminalRun : IAsyncDisposable
{
    private readonly AppHostData _data = new();
    private readonly MarkedProcesses _marked = new();
    private readonly TerminalProcess _terminal;

    private TerminalRun(string declaration, IReadOnlyDictionary<string, string>? environment)
    {
        // tests/AppHost.Process.Tests/bin/Debug/net10.0 → tests
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var tests = output.Parent!.Parent!.Parent!.Parent!;
        _terminal = TerminalProcess.Start(
            $"dotnet run --no-build -c {output.Parent!.Name} --project '{Path.Combine(tests.FullName, "SmallAppHosts")}' -- {declaration}",
            directory: null,
            [
                new(_marked.Mark.Key, _marked.Mark.Value),
                new("ASPIREDEPLOY_DATA", _data.Path),
                .. LaunchProfile.Make().Select(variable => new KeyValuePair<string, string?>(variable.Key, variable.Value)),
                .. (environment ?? new Dictionary<string, string>()).Select(variable => new KeyValuePair<string, string?>(
                    variable.Key,
                    variable.Value
                )),
            ]
        );
    }

    /// <summary>Gets what has been shown.</summary>
    public string Screen => _terminal.Screen;

    /// <summary>Starts it. The test is skipped where there is no terminal to run it in.</summary>
    public static TerminalRun Start(string declaration, IReadOnlyDictionary<string, string>? environment = null)
    {
        Assert.SkipUnless(TerminalProcess.IsThere, "The terminal is util-linux's 'script'.");
        return new(declaration, environment);
    }

    public Task TypeAsync(string keys) => _terminal.TypeAsync(keys);

    public Task UntilShownAsync(string text) => _terminal.UntilShownAsync(text, TestContext.Current.CancellationToken);

    public Task<int> EndAsync() => _terminal.EndAsync(TestContext.Current.CancellationToken);

    /// <summary>Waits until a program runs.</summary>
    public Task UntilRunsAsync(string program) =>
        Until.TrueAsync(
            () => _marked.Living().Any(process => process.Program == program),
            $"{program} was never started.",
            TestContext.Current.CancellationToken
        );

    /// <summary>Waits until no process of it is left.</summary>
    public Task UntilNothingIsLeftAsync() =>
        Until.TrueAsync(() => _marked.Living().Count == 0, "Something is left of it.", TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _marked.KillAsync();
        await _terminal.DisposeAsync();
        _data.Dispose();
    }
}
