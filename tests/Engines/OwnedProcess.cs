using System.Diagnostics;
using System.Text;
using AspireDeploy.Tools;

namespace AspireDeploy.Engines;

/// <summary>
/// A process that does not outlive the test run, however that ends. On Linux the kernel sees to it; elsewhere a killed run can leave it
/// behind.
/// </summary>
internal sealed class OwnedProcess : IDisposable
{
    private const string SetPriv = "/usr/bin/setpriv";

    private readonly ManualResetEventSlim _disposed = new();
    private readonly StringBuilder _output = new();
    private Process? _process;

    private OwnedProcess() { }

    public int Id => _process!.Id;

    public bool HasExited => _process!.HasExited;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static OwnedProcess Start(ProcessCommand command)
    {
        var owned = new OwnedProcess();
        var started = new TaskCompletionSource();
        // The kernel's promise is tied to the thread that starts the process, so that thread stays.
        new Thread(() => owned.Own(command, started)) { IsBackground = true, Name = "owner of " + command.ExecutablePath }.Start();
        started.Task.GetAwaiter().GetResult();
        return owned;
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process!.WaitForExitAsync(cancellationToken);

    public void Dispose()
    {
        _disposed.Set();
        _process?.Dispose();
    }

    private void Own(ProcessCommand command, TaskCompletionSource started)
    {
        try
        {
            _process = Process.Start(Describe(command))!;
            _process.OutputDataReceived += Keep;
            _process.ErrorDataReceived += Keep;
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
            started.SetResult();
        }
        catch (Exception failure)
        {
            started.SetException(failure);
            return;
        }
        _disposed.Wait();
    }

    private static ProcessStartInfo Describe(ProcessCommand command)
    {
        var (program, arguments) = (command.ExecutablePath, command.Arguments);
        if (OperatingSystem.IsLinux() && File.Exists(SetPriv))
            // A change of user would undo the setting, so where setpriv already makes one, it does both.
            (program, arguments) =
                Path.GetFileName(program) == "setpriv"
                    ? (program, (IReadOnlyList<string>)["--pdeathsig", "KILL", .. arguments])
                    : (SetPriv, ["--pdeathsig", "KILL", "--", program, .. arguments]);
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;
        return start;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }
}
