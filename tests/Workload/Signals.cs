using System.Runtime.InteropServices;

namespace AspireDeploy.Workload;

/// <summary>Signals to processes that a test started (<c>signal(7)</c>). Windows has none.</summary>
public static partial class Signals
{
    /// <summary>SIGINT: what Ctrl+C in a terminal sends.</summary>
    public static void Interrupt(int process) => Send(process, 2);

    /// <summary>SIGTERM: asks a process to stop, as an engine does.</summary>
    public static void Terminate(int process) => Send(process, 15);

    /// <summary>SIGSTOP: freezes a process; its connections stay and nobody answers on them.</summary>
    public static void Freeze(int process) => Send(process, OperatingSystem.IsMacOS() ? 17 : 19);

    /// <summary>SIGCONT: lets a frozen process go on.</summary>
    public static void Thaw(int process) => Send(process, OperatingSystem.IsMacOS() ? 19 : 18);

    private static void Send(int process, int signal)
    {
        if (Kill(process, signal) != 0)
            throw new InvalidOperationException($"Signal {signal} could not be sent: error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
