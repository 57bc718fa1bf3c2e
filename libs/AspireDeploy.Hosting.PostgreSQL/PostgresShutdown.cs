using System.Diagnostics;
using AspireDeploy.Tools;

namespace AspireDeploy.PostgreSQL;

/// <summary>
/// Ends a server. What stops processes sends SIGTERM, on which PostgreSQL waits until its last client has gone; SIGINT ends the clients
/// too.
/// </summary>
internal sealed class PostgresShutdown(PostgresInstallation installation)
{
    private static readonly TimeSpan FastLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Asks the server on <paramref name="dataDirectory"/> for a fast shutdown and does not wait for it. Nothing happens when none runs.
    /// </summary>
    public async Task RequestAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        if (PostgresLockFile.Read(dataDirectory) is { } server && server.IsRunning(dataDirectory))
        {
            await SignalAsync(server.ProcessId, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Ends a server that a dead run left behind, and its children, and clears away what a killed one leaves outside its tables: shared
    /// memory and the lock file.
    /// </summary>
    public async Task EndAbandonedAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        if (PostgresLockFile.Read(dataDirectory) is not { } server)
        {
            return;
        }

        if (server.IsRunning(dataDirectory))
        {
            await SignalAsync(server.ProcessId, cancellationToken);
            if (!await UntilAsync(() => !server.IsRunning(dataDirectory), FastLimit, cancellationToken))
            {
                Kill(server.ProcessId);
                await UntilAsync(() => !server.IsRunning(dataDirectory), KillLimit, cancellationToken);
            }
        }

        await UntilAsync(() => server.SharedMemory?.IsUsed() != true, KillLimit, cancellationToken);
        server.SharedMemory?.RemoveIfUnused();
        PostgresLockFile.Remove(dataDirectory);
    }

    private async Task SignalAsync(int processId, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            var command = installation.Command("pg_ctl", ["kill", "INT", $"{processId}"], installation.BinDirectory);
            await OneShot.RunAsync(command, "", cancellationToken).ConfigureAwait(false);
        }
        else
        {
            UnixCalls.Signal(processId, UnixCalls.Interrupt);
        }
    }

    private static void Kill(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It has ended meanwhile.
        }
    }

    private static async Task<bool> UntilAsync(Func<bool> condition, TimeSpan limit, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            if (waited.Elapsed > limit)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken).ConfigureAwait(false);
        }

        return true;
    }
}
