using System.Diagnostics;
using System.Text;
using AspireDeploy.Workload;

namespace AppHost.Process.Tests;

/// <summary>An AppHost of a few lines in a terminal, under <c>dotnet run</c> as a person runs it.</summary>
internal sealed class TerminalRun : IAsyncDisposable
{
    private const string Script = "/usr/bin/script";
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(2);

    private readonly AppHostData _data = new();
    private readonly MarkedProcesses _marked = new();
    private readonly StringBuilder _screen = new();
    private readonly System.Diagnostics.Process _terminal;
    private readonly Task _reading;

    private TerminalRun(string declaration, IReadOnlyDictionary<string, string>? environment)
    {
        _terminal = System.Diagnostics.Process.Start(Describe(declaration, environment ?? new Dictionary<string, string>()))!;
        _reading = ReadAsync();
    }

    /// <summary>What has been shown.</summary>
    public string Screen
    {
        get
        {
            lock (_screen)
            {
                return _screen.ToString();
            }
        }
    }

    /// <summary>Starts it. The test is skipped where there is no terminal to run it in.</summary>
    public static TerminalRun Start(string declaration, IReadOnlyDictionary<string, string>? environment = null)
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux() || !File.Exists(Script), "The terminal is util-linux's 'script'.");
        return new(declaration, environment);
    }

    public async Task TypeAsync(string keys)
    {
        await _terminal.StandardInput.WriteAsync(keys);
        await _terminal.StandardInput.FlushAsync();
    }

    public Task UntilShownAsync(string text) => Until.TrueAsync(
        () => Task.FromResult(Screen.Contains(text, StringComparison.Ordinal)),
        Generous,
        () => $"'{text}' was never shown. What was:{Environment.NewLine}{Screen}",
        TestContext.Current.CancellationToken);

    public async Task<int> EndAsync()
    {
        await _terminal.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _reading;
        return _terminal.ExitCode;
    }

    /// <summary>Waits until no process of it is left.</summary>
    public Task UntilNothingIsLeftAsync() => Until.TrueAsync(() => _marked.Living().Count == 0, "Something is left of it.", TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _marked.KillAsync();
        _terminal.Dispose();
        _data.Dispose();
    }

    // By characters: a prompt is no whole line.
    private async Task ReadAsync()
    {
        var read = new char[1024];
        while (await _terminal.StandardOutput.ReadAsync(read) is > 0 and var count)
        {
            lock (_screen)
            {
                _screen.Append(read, 0, count);
            }
        }
    }

    private ProcessStartInfo Describe(string declaration, IReadOnlyDictionary<string, string> environment)
    {
        // tests/AppHost.Process.Tests/bin/Debug/net10.0 → tests
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var tests = output.Parent!.Parent!.Parent!.Parent!;
        // exec: a shell that stays between would end by a signal itself, and hide the code.
        var command = $"exec dotnet run --no-build -c {output.Parent!.Name} --project '{Path.Combine(tests.FullName, "SmallAppHosts")}' -- {declaration}";
        var start = new ProcessStartInfo(Script, ["--quiet", "--return", "--flush", "--command", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Environment = { ["SHELL"] = "/bin/sh", ["TERM"] = "xterm", [_marked.Mark.Key] = _marked.Mark.Value, ["ASPIREDEPLOY_DATA"] = _data.Path },
        };
        foreach (var (name, value) in LaunchProfile.Make())
        {
            start.Environment[name] = value;
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
