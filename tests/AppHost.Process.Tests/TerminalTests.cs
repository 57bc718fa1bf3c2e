using System.Diagnostics;
using System.Text;
using AspireDeploy.Workload;

namespace AppHost.Process.Tests;

/// <summary>Ctrl+C in a terminal reaches <c>dotnet run</c> and the AppHost under it alike.</summary>
public class TerminalTests
{
    private const string Terminal = "/usr/bin/script";
    private const char CtrlC = '\x03';

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 130)]
    public async Task CtrlC_UnderDotnetRun_EndsWithItsCode(int presses, int code)
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux() || !File.Exists(Terminal), "The terminal is util-linux's 'script'.");
        using var data = new AppHostData();
        var marked = new MarkedProcesses();
        using var terminal = System.Diagnostics.Process.Start(Describe(data, marked))!;
        var screen = new StringBuilder();
        terminal.OutputDataReceived += (_, line) =>
        {
            lock (screen)
            {
                screen.AppendLine(line.Data);
            }
        };
        terminal.BeginOutputReadLine();
        try
        {
            await UntilShownAsync("Now listening on: ");
            await PressAsync();
            await UntilShownAsync("Ctrl+C again stops at once.");
            for (var press = 1; press < presses; press++)
            {
                await PressAsync();
            }

            await terminal.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(code == terminal.ExitCode, $"It ended with {terminal.ExitCode}, not {code}:{Environment.NewLine}{Shown()}");
            await Until.TrueAsync(() => marked.Living().Count == 0, "Something is left of it.", TestContext.Current.CancellationToken);
        }
        finally
        {
            await marked.KillAsync();
        }

        async Task PressAsync()
        {
            await terminal.StandardInput.WriteAsync(CtrlC);
            await terminal.StandardInput.FlushAsync();
        }

        Task UntilShownAsync(string text) => Until.TrueAsync(() => Shown().Contains(text, StringComparison.Ordinal), $"'{text}' was never shown.", TestContext.Current.CancellationToken);

        string Shown()
        {
            lock (screen)
            {
                return screen.ToString();
            }
        }
    }

    private static ProcessStartInfo Describe(AppHostData data, MarkedProcesses marked)
    {
        // tests/AppHost.Process.Tests/bin/Debug/net10.0 → tests
        var tests = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Parent!.Parent!.Parent!;
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;
        // exec: a shell that stays between would end by the signal itself, and hide the code.
        var command = $"exec dotnet run --no-build -c {configuration} --project '{Path.Combine(tests.FullName, "SmallAppHosts")}' -- well-formed";
        return new(Terminal, ["--quiet", "--return", "--flush", "--command", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Environment = { ["SHELL"] = "/bin/sh", [marked.Mark.Key] = marked.Mark.Value, ["ASPIREDEPLOY_DATA"] = data.Path },
        };
    }
}
