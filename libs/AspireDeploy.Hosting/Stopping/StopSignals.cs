using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Stopping;

/// <summary>
/// Stops the application at once on a second Ctrl+C or SIGTERM; the first is the host's, which stops in order. What runs is killed, and the
/// orchestrator, which watches this process, clears away the rest. Left to itself .NET's host ignores every signal after the first.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private const string PidProperty = "executable.pid";
    private const int ExitCodeOfSignal = 128;

    private static int _received;

    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Gets whether this process has been told to stop.</summary>
    internal static bool AreReceived => Volatile.Read(ref _received) > 0;

    /// <summary>Listens until this object is disposed.</summary>
    /// <param name="running">Returns what is known of whatever runs.</param>
    /// <param name="stopStart">Stops what a start, if it isn't over, has started; the host cancels the start when that is done.</param>
    internal void Listen(Func<IReadOnlyList<CustomResourceSnapshot>> running, Func<Task> stopStart)
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => OnSignal(signal, 2, running, stopStart)));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => OnSignal(signal, 15, running, stopStart)));
        AppDomain.CurrentDomain.UnhandledException += static (_, unhandled) =>
        {
            if (AreReceived && unhandled.ExceptionObject is OperationCanceledException)
            {
                // A start that was cancelled. It has ended as it was told to.
                Environment.Exit(0);
            }
        };
    }

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private static void OnSignal(
        PosixSignalContext context,
        int number,
        Func<IReadOnlyList<CustomResourceSnapshot>> running,
        Func<Task> stopStart
    )
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _received) == 1)
        {
            // The host's own handler is called after this one has returned.
            stopStart().GetAwaiter().GetResult();
            return;
        }

        Console.Error.WriteLine("Stopping at once.");
        foreach (
            var process in running()
                .Select(snapshot => snapshot.Properties.FirstOrDefault(property => property.Name == PidProperty)?.Value)
                .OfType<IConvertible>()
        )
        {
            Kill(process.ToInt32(CultureInfo.InvariantCulture));
        }

        Environment.Exit(ExitCodeOfSignal + number);
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended meanwhile.
        }
    }
}
