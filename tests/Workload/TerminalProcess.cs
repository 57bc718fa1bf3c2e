using System.Diagnostics;
using System.Text;

namespace AspireDeploy.Workload;

/// <summary>A command in a terminal of its own, by util-linux's <c>script</c>: with keys to type and a screen to read.</summary>
public sealed class TerminalProcess : IAsyncDisposable
{
    private const string Script = "/usr/bin/script";
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(3);

    private readonly StringBuilder _screen = new();
    private readonly Process _terminal;
    private readonly Task _reading;

    private TerminalProcess(Process terminal)
    {
        _terminal = terminal;
        _reading = ReadAsync();
    }

    /// <summary>Gets a value that indicates whether there are such terminals on this machine.</summary>
    public static bool IsThere => OperatingSystem.IsLinux() && File.Exists(Script);

    /// <summary>Gets what has been shown.</summary>
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

    /// <summary>Starts a command.</summary>
    /// <param name="command">A line of the shell.</param>
    /// <param name="directory">Where it runs; by default where this program does.</param>
    /// <param name="environment">Variables that it is given.</param>
    public static TerminalProcess Start(string command, string? directory, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        // exec: a shell that stays between would end by a signal itself, and hide the code.
        var start = new ProcessStartInfo(Script, ["--quiet", "--return", "--flush", "--command", $"exec {command}", "/dev/null"])
        {
            WorkingDirectory = directory ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Environment = { ["SHELL"] = "/bin/sh", ["TERM"] = "xterm" },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!);
    }

    /// <summary>Types keys.</summary>
    public async Task TypeAsync(string keys)
    {
        await _terminal.StandardInput.WriteAsync(keys);
        await _terminal.StandardInput.FlushAsync();
    }

    /// <summary>Waits until a text has been shown.</summary>
    public Task UntilShownAsync(string text, CancellationToken cancellationToken) =>
        Until.TrueAsync(
            () => Task.FromResult(Screen.Contains(text, StringComparison.Ordinal)),
            Generous,
            () => $"'{text}' was never shown. What was:{Environment.NewLine}{Screen}",
            cancellationToken
        );

    /// <summary>Waits until the command has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await _terminal.WaitForExitAsync(cancellationToken);
        await _reading;
        return _terminal.ExitCode;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _terminal.Dispose();
        return ValueTask.CompletedTask;
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
}
