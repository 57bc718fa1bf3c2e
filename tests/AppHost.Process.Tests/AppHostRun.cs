using AspireDeploy.Workload;

namespace AppHost.Process.Tests;

/// <summary>
/// An AppHost as a process of its own, with a temporary directory and a data directory of its own. Everything that it starts, and what that starts, carries a mark
/// in its environment, so that a test can tell what of it is left.
/// </summary>
internal sealed class AppHostRun : IAsyncDisposable
{
    private const string Mark = "ASPIREDEPLOY_TEST_RUN";
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(90);

    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly string _temp = Directory.CreateTempSubdirectory("aspiredeploy-process-").FullName;
    private readonly ServiceProcess _process;
    private readonly AppHostData? _data;

    private AppHostRun(string program, AppHostData? data, IReadOnlyDictionary<string, string?>? environment, string[] arguments)
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "What is left of a run is found in /proc.");
        _process = ServiceProcess.Start(
            program,
            new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
            {
                [Mark] = _mark,
                ["TMPDIR"] = _temp,
                ["ASPIREDEPLOY_DATA"] = (data ?? (_data = new())).Path,
                // The runtime's own sockets for debuggers would stay behind where it is killed.
                ["DOTNET_EnableDiagnostics"] = "0",
            },
            arguments);
    }

    public int Id => _process.Id;

    public IReadOnlyList<string> Output => _process.Output;

    public IReadOnlyList<string> Errors => _process.Errors;

    /// <summary>The directories that it has made for temporary files.</summary>
    public IReadOnlyList<string> TemporaryDirectories => [.. Directory.GetDirectories(_temp).Select(path => Path.GetFileName(path)!)];

    /// <summary>Starts the solution's own AppHost.</summary>
    public static AppHostRun Start(AppHostData? data, params string[] arguments) => new("AppHost", data, null, arguments);

    /// <summary>Starts one of the AppHosts of a few lines.</summary>
    public static AppHostRun StartSmall(string declaration, IReadOnlyDictionary<string, string?>? environment = null, AppHostData? data = null, params string[] arguments) =>
        new("tests/SmallAppHosts", data, environment, [declaration, .. arguments]);

    public Task<int> EndAsync() => _process.EndAsync(TestContext.Current.CancellationToken);

    public Task UntilSaysAsync(string text) => _process.UntilSaysAsync(text, TestContext.Current.CancellationToken);

    public void Interrupt() => Signals.Interrupt(Id);

    public void Terminate() => Signals.Terminate(Id);

    public void Kill() => _process.Kill();

    /// <summary>Kills the AppHost and all that it started, DCP included, at once.</summary>
    public void KillEverything()
    {
        foreach (var process in Processes())
        {
            Kill(process.Id);
        }
    }

    /// <summary>Waits until so many processes of a program run.</summary>
    public Task UntilRunsAsync(string program, int count) => Until.TrueAsync(
        () => Task.FromResult(Processes().Count(process => process.Program == program) == count),
        Generous,
        () => $"There were never {count} of {program}. What runs: {Names()}. It said:{Environment.NewLine}{_process.Everything()}",
        TestContext.Current.CancellationToken);

    /// <summary>Waits until no process of it is left.</summary>
    public Task UntilNothingIsLeftAsync() => Until.TrueAsync(() => Processes().Count == 0, $"Something is left of it: {Names()}.", TestContext.Current.CancellationToken);

    /// <summary>The processes that carry the mark and aren't just waiting to be buried.</summary>
    public IReadOnlyList<(int Id, string Program)> Processes() =>
        [.. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => name!.All(char.IsAsciiDigit)).Select(name => Described(name!)).OfType<(int, string)>()];

    public async ValueTask DisposeAsync()
    {
        KillEverything();
        await _process.DisposeAsync();
        await Until.TrueAsync(() =>
        {
            KillEverything();
            return Processes().Count == 0;
        }, "It can't be killed.", CancellationToken.None);
        Directory.Delete(_temp, recursive: true);
        _data?.Dispose();
    }

    private string Names() => string.Join(", ", Processes().Select(process => $"{process.Program} ({process.Id})"));

    private (int Id, string Program)? Described(string process)
    {
        try
        {
            var isZombie = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].TrimStart().StartsWith('Z');
            return !isZombie && File.ReadAllText($"/proc/{process}/environ").Contains($"{Mark}={_mark}", StringComparison.Ordinal)
                ? (int.Parse(process, null), Path.GetFileName(File.ReadAllText($"/proc/{process}/cmdline").Split('\0')[0]))
                : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended meanwhile.
        }
    }
}
