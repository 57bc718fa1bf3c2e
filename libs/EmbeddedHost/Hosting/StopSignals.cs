using System.Diagnostics;
using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>
/// The first Ctrl+C, or SIGTERM, stops the application in order; the host sees to that. A second one stops it at once: what runs is killed, and DCP, which
/// watches this process, clears away the rest.
/// </summary>
internal sealed class StopSignals(
    DistributedApplicationModel model, ResourceNotificationService notifications, IHostApplicationLifetime lifetime, ILogger<DistributedApplication> logger) : IDisposable
{
    private const int ExitCodeOfSignal = 128;

    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _received;

    /// <summary>Listens until this object is disposed.</summary>
    public void Listen()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => OnSignal(signal, 2)));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => OnSignal(signal, 15)));
    }

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void OnSignal(PosixSignalContext context, int number)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _received) == 1)
        {
            lifetime.StopApplication();
            return;
        }

        logger.LogWarning("Stopping at once.");
        foreach (var process in Processes())
        {
            Kill(process);
        }

        Environment.Exit(ExitCodeOfSignal + number);
    }

    private IEnumerable<int> Processes() => model.Resources
        .SelectMany(resource => resource.InstanceIds())
        .Select(id => notifications.TryGetCurrentState(id, out var state) && !KnownResourceStates.TerminalStates.Contains(state.Snapshot.State?.Text) ? state.Snapshot : null)
        .Select(snapshot => snapshot?.Properties.FirstOrDefault(property => property.Name == KnownResourceProperties.ExecutablePid)?.Value)
        .OfType<long>()
        .Select(pid => (int)pid);

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended meanwhile.
        }
    }
}
