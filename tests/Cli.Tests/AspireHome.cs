using System.Runtime.CompilerServices;
using AspireDeploy.Engines;
using AspireDeploy.Workload;

namespace Cli.Tests;

/// <summary>
/// A home directory in which the <c>aspire</c> command runs, with temporary files and data of its own. Everything that is started there
/// carries a mark, so that a test can tell what is left.
/// </summary>
public sealed class AspireHome : IAsyncDisposable
{
    private readonly MarkedProcesses _processes = new();
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("adcli-");
    private readonly Dictionary<string, string?> _environment;

    /// <summary>Makes one.</summary>
    /// <param name="tool">The command.</param>
    public AspireHome(RestoredTool tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "What is left of a run is found in /proc.");
        if (!OperatingSystem.IsWindows())
        {
            // Where root runs the tests, PostgreSQL runs as another user, who must get through.
            File.SetUnixFileMode(_root.FullName, _root.UnixFileMode | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        _environment = new()
        {
            [_processes.Mark.Key] = _processes.Mark.Value,
            ["HOME"] = Make("home"),
            ["TMPDIR"] = Make("tmp"),
            ["ASPIREDEPLOY_DATA"] = Make("data"),
            ["ASPIREDEPLOY_TOOLS"] = SolutionTools.Cache,
            ["NUGET_PACKAGES"] = Packages,
            ["DOTNET_CLI_HOME"] = tool.DotnetHome,
            // Nothing is asked, sent, coloured or put into the machine's store of certificates.
            ["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true",
            ["ASPIRE_CLI_GENERATE_HTTPS_CERTIFICATE"] = "false",
            ["ASPIRE_CLI_NOLOGO"] = "true",
            ["ASPIRE_CLI_START_TIMEOUT"] = "300",
            ["NO_COLOR"] = "1",
            // The runtime's own sockets for debuggers would stay behind where something is killed.
            ["DOTNET_EnableDiagnostics"] = "0",
        };
    }

    /// <summary>Gets the repository's root: where a person types the command.</summary>
    public static string Solution => Root();

    /// <summary>Gets where the packages are, which every home shares.</summary>
    public static string Packages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Gets what a program is given to run in this home.</summary>
    public IReadOnlyDictionary<string, string?> Variables => _environment;

    /// <summary>Gets the data that runs left.</summary>
    public IReadOnlyList<string> Data => Directory.GetDirectories(Path.Combine(_root.FullName, "data", "throw-away"));

    /// <summary>Gets the directories for temporary files that are left.</summary>
    public IReadOnlyList<string> TemporaryDirectories =>
        [.. Directory.GetDirectories(Path.Combine(_root.FullName, "tmp")).Select(path => Path.GetFileName(path)!)];

    /// <summary>Runs the command to its end.</summary>
    public async Task<AspireResult> RunAsync(params string[] arguments)
    {
        await using var process = ServiceProcess.Command(Solution, _environment, ["aspire", .. arguments, "--non-interactive"]);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(6));
        var code = await process.LifeAsync(limit.Token);
        return new(code, process.Output, process.Errors);
    }

    /// <summary>Runs the command to its end, which has to be a good one.</summary>
    public async Task<AspireResult> SucceedAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(
            result.ExitCode == 0,
            $"aspire {string.Join(' ', arguments)} ended with {result.ExitCode}:{Environment.NewLine}{result.Everything}"
        );
        return result;
    }

    /// <summary>Waits by <c>aspire wait</c> until a resource is healthy, longer than the command does by itself.</summary>
    public Task UntilHealthyAsync(string resource) => SucceedAsync("wait", resource, "--timeout", "300");

    /// <summary>Waits until no process is left that was started here.</summary>
    public Task UntilNothingIsLeftAsync() =>
        Until.TrueAsync(
            () => Task.FromResult(_processes.Living().Count == 0),
            TimeSpan.FromMinutes(1),
            () =>
                "Something is left: "
                + $"{string.Join(", ", _processes.Living().Select(process => $"{process.Program} {string.Join(' ', process.Arguments)}"))}",
            TestContext.Current.CancellationToken
        );

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _processes.KillAsync();
        _root.Delete(recursive: true);
    }

    private string Make(string name)
    {
        var made = _root.CreateSubdirectory(name);
        if (!OperatingSystem.IsWindows())
            made.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return made.FullName;
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
