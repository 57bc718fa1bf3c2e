using Npgsql;

namespace AspireDeploy.Migrator;

/// <summary>Only one migrator works on a database at a time: an advisory lock of PostgreSQL's, held by the session until it ends.</summary>
internal static class MigratorLock
{
    private const string Take = "SELECT pg_try_advisory_lock(hashtextextended('AspireDeploy.Migrator', 0))";

    // Asked again and again instead of waited for: a session that waits inside a statement holds a snapshot, and that would
    // block another migrator's CREATE INDEX CONCURRENTLY for ever.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes the lock, saying so once if another migrator has it.</summary>
    internal static async Task TakeAsync(
        NpgsqlConnection connection,
        Progress progress,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var told = false;
        await using var command = new NpgsqlCommand(Take, connection);
        while (await command.ExecuteScalarAsync(cancellationToken) is not true)
        {
            if (!told)
                progress.Say("another migrator is at work; waiting until it is done");
            told = true;
            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
