using Microsoft.EntityFrameworkCore;

namespace AspireDeploy.Migrator;

/// <summary>
/// Lets only one migrator work on a database: an advisory lock of the session, which PostgreSQL releases when that ends, however it
/// ends. EF Core's own lock ends with each migration's transaction, so that two migrators would apply the same one
/// (docs/decisions/migration-lock.md).
/// </summary>
internal static class MigratorLock
{
    // Asked for again and again: a session that waits inside a statement would block another migrator's CREATE INDEX CONCURRENTLY for ever.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes the lock in the context's open session, and says so once if another migrator has it.</summary>
    internal static async Task TakeAsync(DbContext context, Progress progress, CancellationToken cancellationToken)
    {
        var taking = context.Database.SqlQuery<bool>(
            $"SELECT pg_try_advisory_lock(hashtextextended('AspireDeploy.Migrator', 0)) AS \"Value\""
        );
        for (var tries = 0; !(await taking.ToListAsync(cancellationToken))[0]; tries++)
        {
            if (tries == 0)
                progress.Say("another migrator is at work; waiting until it is done");
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
