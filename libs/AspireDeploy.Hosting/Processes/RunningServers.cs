using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Tools;

namespace AspireDeploy.Processes;

/// <summary>
/// Knows the process that each server is, and ends those that still run when the run ends. Aspire 13.6 leaves that to its orchestrator,
/// which does it after the AppHost has ended: later than the servers' data goes.
/// </summary>
internal sealed class RunningServers
{
    // By this name Aspire shows the process id of an executable.
    private const string ProcessIdProperty = "executable.pid";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<ServerProcess, (int Id, DateTime Begun)> _known = new();

    /// <summary>Occurs when a server's process has become known, with its id.</summary>
    public event Action<ServerProcess, int>? Begun;

    /// <summary>Takes note of what a server's state tells.</summary>
    public void See(ServerProcess server, CustomResourceSnapshot snapshot)
    {
        var value = snapshot.Properties.FirstOrDefault(property => property.Name == ProcessIdProperty)?.Value;
        if (
            value is null
            || !int.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var id)
            // Aspire shows 0 before it runs, which to the system is everything in this process's group.
            || id <= 0
            || (_known.TryGetValue(server, out var known) && known.Id == id)
        )
        {
            return;
        }

        if (BegunAt(id) is { } begun)
        {
            _known[server] = (id, begun);
            Begun?.Invoke(server, id);
        }
    }

    /// <summary>Ends all of them, and returns when they have ended.</summary>
    public Task EndAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_known.Select(server => EndAsync(server.Key, server.Value.Id, server.Value.Begun, cancellationToken)));

    private static async Task EndAsync(ServerProcess server, int id, DateTime begun, CancellationToken cancellationToken)
    {
        if (BegunAt(id) != begun)
        {
            return;
        }

        using var process = Process.GetProcessById(id);
        await server.Program.BeforeStopAsync(cancellationToken).ConfigureAwait(false);
        if (!OperatingSystem.IsWindows())
        {
            UnixCalls.Signal(id, UnixCalls.Terminate);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(OperatingSystem.IsWindows() ? TimeSpan.FromSeconds(2) : Timeout);
        while (BegunAt(id) == begun && !limit.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (BegunAt(id) == begun)
        {
            process.Kill();
        }
    }

    // A process id alone proves nothing, as ids are used again.
    private static DateTime? BegunAt(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited ? null : process.StartTime;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
