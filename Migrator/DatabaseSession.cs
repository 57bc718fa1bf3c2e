using System.Net.Sockets;
using AspireDeploy.Data;
using Npgsql;

namespace AspireDeploy.Migrator;

/// <summary>
/// The one session that a migration uses: it holds the lock and runs the migrations, so when it ends, however it ends, PostgreSQL releases
/// the lock and rolls back what wasn't finished, both at once.
/// </summary>
internal static class DatabaseSession
{
    // A server that was started at the same time is up well within this; a wrong address is told within it too.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The connection string for such a session: never pooled, and no limit on how long a migration may run.</summary>
    internal static string Settings(NpgsqlConnectionStringBuilder given) =>
        new NpgsqlConnectionStringBuilder(given.ConnectionString) { Pooling = false }
            .OrElse("Timeout", 5)
            .OrElse("Command Timeout", 0)
            .OrElse("Application Name", "Migrator")
            .ConnectionString;

    /// <summary>Opens the session, waiting a while for a server that doesn't answer yet or is still starting up.</summary>
    /// <exception cref="NpgsqlException">The server can't be reached or doesn't let us in.</exception>
    internal static async Task OpenAsync(
        NpgsqlConnection connection,
        string place,
        Progress progress,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var begun = time.GetTimestamp();
        var told = false;
        while (true)
        {
            try
            {
                await connection.OpenAsync(cancellationToken);
                break;
            }
            catch (NpgsqlException absent) when (MayYetCome(absent) && time.GetElapsedTime(begun) < Timeout)
            {
                if (!told)
                    progress.Say($"waiting for {place}");
                told = true;
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
        await NoticeOurDeathAsync(connection, cancellationToken);
    }

    /// <summary>Whether the database itself doesn't exist yet.</summary>
    internal static bool IsMissing(NpgsqlException failed) =>
        failed is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName };

    private static bool MayYetCome(NpgsqlException absent) =>
        absent switch
        {
            PostgresException refused => refused.SqlState == PostgresErrorCodes.CannotConnectNow,
            _ => absent.InnerException is SocketException or TimeoutException or IOException,
        };

    // Without this, a session whose process was killed while it waited for a table goes on waiting, and the next migrator with it.
    // Servers on some platforms can't do it, and a proxy in between may not know the setting: then it is done without.
    private static async Task NoticeOurDeathAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = new NpgsqlCommand("SET client_connection_check_interval = '1s'", connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException) { }
    }
}
