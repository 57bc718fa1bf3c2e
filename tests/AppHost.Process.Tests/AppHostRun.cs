using AspireDeploy.Workload;

namespace AppHost.Process.Tests;

/// <summary>
/// An AppHost as a process of its own, with a temporary directory and a data directory of its own. Everything that it starts, and what that
/// starts, carries a mark in its environment, so that a test can tell what of it is left.
/// </summary>
internal sealed class AppHostRun : IAsyncDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(4);

    private readonly MarkedProcesses _processes = new();
    private readonly string _temp = Directory.CreateTempSubdirectory("aspiredeploy-process-").FullName;
    private readonly string _runtime = Directory.CreateTempSubdirectory("aspiredeploy-runtime-").FullName;
    private readonly ServiceProcess _process;
    private readonly AppHostData? _data;

    private AppHostRun(string program, AppHostData? data, IReadOnlyDictionary<string, string?>? environment, string[] arguments)
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "What is left of a run is found in /proc.");
        _process = ServiceProcess.Start(
            program,
            new Dictionary<string, string?>(
                LaunchProfile
                    .Make()
                    .Concat(environment ?? new Dictionary<string, string?>())
                    .GroupBy(variable => variable.Key)
                    .ToDictionary(same => same.Key, same => same.Last().Value)
            )
            {
                [_processes.Mark.Key] = _processes.Mark.Value,
                ["TMPDIR"] = _temp,
                ["XDG_RUNTIME_DIR"] = _runtime,
                ["ASPIREDEPLOY_DATA"] = (data ?? (_data = new())).Path,
                // The runtime's own sockets for debuggers would stay behind where it is killed.
                ["DOTNET_EnableDiagnostics"] = "0",
            },
            arguments
        );
    }

    public int Id => _process.Id;

    public IReadOnlyList<string> Output => _process.Output;

    public IReadOnlyList<string> Errors => _process.Errors;

    /// <summary>Gets the directories that it has made for temporary files, and for what is its own while it runs.</summary>
    public IReadOnlyList<string> TemporaryDirectories =>
        [
            .. new[] { _temp, Path.Combine(_runtime, "aspiredeploy") }
                .Where(Directory.Exists)
                .SelectMany(Directory.GetDirectories)
                .Select(path => Path.GetFileName(path)!),
        ];

    /// <summary>Starts the solution's own AppHost.</summary>
    public static AppHostRun Start(AppHostData? data, params string[] arguments) => new("AppHost", data, null, arguments);

    /// <summary>Starts the solution's own AppHost with variables of the test's own.</summary>
    public static AppHostRun StartWith(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        new("AppHost", null, environment, arguments);

    /// <summary>Starts the solution's own AppHost from an IDE, beside any that runs.</summary>
    public static AppHostRun StartFrom(Ide ide) => new("AppHost", null, ide.Environment, ["--isolated"]);

    /// <summary>Starts one of the AppHosts of a few lines.</summary>
    public static AppHostRun StartSmall(
        string declaration,
        IReadOnlyDictionary<string, string?>? environment = null,
        AppHostData? data = null,
        params string[] arguments
    ) => new("tests/SmallAppHosts", data, environment, [declaration, .. arguments]);

    public Task<int> EndAsync() => _process.EndAsync(TestContext.Current.CancellationToken);

    public Task UntilSaysAsync(string text) => _process.UntilSaysAsync(text, TestContext.Current.CancellationToken);

    public void Interrupt() => Signals.Interrupt(Id);

    public void Terminate() => Signals.Terminate(Id);

    public void Kill() => _process.Kill();

    /// <summary>Kills the AppHost and all that it started, DCP included, at once.</summary>
    public Task KillEverythingAsync() => _processes.KillAsync();

    /// <summary>Waits until so many processes of a program run.</summary>
    public Task UntilRunsAsync(string program, int count) =>
        Until.TrueAsync(
            () => Task.FromResult(Count(program) == count),
            Generous,
            () => $"There were never {count} of {program}. What runs: {Names()}. It said:{Environment.NewLine}{_process.Everything()}",
            TestContext.Current.CancellationToken
        );

    /// <summary>Waits until no process of it is left.</summary>
    public Task UntilNothingIsLeftAsync() =>
        Until.TrueAsync(
            () => _processes.Living().Count == 0,
            $"Something is left of it: {Names()}.",
            TestContext.Current.CancellationToken
        );

    public int Count(string program) => _processes.Living().Count(process => process.Program == program);

    public async ValueTask DisposeAsync()
    {
        await _processes.KillAsync();
        await _process.DisposeAsync();
        Directory.Delete(_temp, recursive: true);
        Directory.Delete(_runtime, recursive: true);
        _data?.Dispose();
    }

    private string Names() => string.Join(", ", _processes.Living().Select(process => $"{process.Program} ({process.Id})"));
}
