using System.Diagnostics;
using AspireDeploy.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AspireDeploy.Migrator;

/// <summary>
/// Brings the catalog's database up to date under the lock: EF Core applies what is pending, each migration whole or not at all, and seeds.
/// </summary>
internal sealed class CatalogMigration(CatalogContext context, Progress progress, ILogger<CatalogMigration> logger)
{
    internal static void Configure(DbContextOptionsBuilder options, Progress progress) =>
        options
            .UseNpgsql(npgsql =>
                npgsql
                    // A server that was started at the same time is up within these ten seconds.
                    .EnableRetryOnFailure(20, TimeSpan.FromMilliseconds(500), errorCodesToAdd: null)
                    .ConfigureDataSource(source => source.UsePhysicalConnectionInitializer(static _ => { }, NoticeOurDeathAsync))
            )
            .UseAsyncSeeding(
                (catalog, _, cancellationToken) =>
                {
                    progress.End();
                    return FirstItems.AddAsync(catalog, progress, cancellationToken);
                }
            )
            .LogTo(Progress.Shows, progress.Show)
            // A test finds changes of the model without a migration.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));

    /// <summary>Migrates, or lists the migrations and changes nothing.</summary>
    /// <returns>The exit code: 0 done, 1 failed.</returns>
    internal async Task<int> RunAsync(bool list, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnectionStringBuilder(context.Database.GetConnectionString());
        progress.Place = $"{connection.Database ?? connection.Username} at {connection.Host}:{connection.Port}";
        progress.Logger = logger;
        using var span = Progress.Source.StartActivity(list ? "list migrations" : "migrate");
        try
        {
            await context.Database.CreateExecutionStrategy().ExecuteAsync(list ? ListAsync : MigrateAsync, cancellationToken);
            return 0;
        }
        catch (Exception failed)
        {
            var stopped = failed is OperationCanceledException && cancellationToken.IsCancellationRequested;
            span?.SetStatus(ActivityStatusCode.Error, stopped ? "stopped" : failed.Message);
            if (stopped)
                progress.Fail("Stopped before it was done; what was applied stays, and the next run does the rest.");
            else
                progress.Fail($"{Doing(list)} failed: {Reason(failed)}", failed);
            return 1;
        }
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var known = context.Database.GetMigrations().ToList();
        HashSet<string> applied = [];
        if (await ExistsAsync(cancellationToken))
            applied = [.. await context.Database.GetAppliedMigrationsAsync(cancellationToken)];
        else
            progress.Say($"{progress.Place} doesn't exist yet");
        foreach (var migration in known)
            progress.Say($"{(applied.Contains(migration) ? "applied" : "pending")}  {migration}");
        progress.Say($"{Count(known.Count(migration => !applied.Contains(migration)))} pending on {progress.Place}");
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await CreateAsync(cancellationToken);
        await context.Database.OpenConnectionAsync(cancellationToken);
        await MigratorLock.TakeAsync(context, progress, cancellationToken);
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
        progress.Say(pending == 0 ? $"{progress.Place} is up to date" : $"{Count(pending)} pending on {progress.Place}");
        await context.Database.MigrateAsync(cancellationToken);
        progress.Say($"done in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s");
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        if (await ExistsAsync(cancellationToken))
            return;
        progress.Say($"creating {progress.Place}");
        try
        {
            await context.GetService<IRelationalDatabaseCreator>().CreateAsync(cancellationToken);
        }
        catch (PostgresException raced) when (raced.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            progress.Say("another migrator created it");
        }
    }

    private Task<bool> ExistsAsync(CancellationToken cancellationToken) =>
        context.GetService<IRelationalDatabaseCreator>().ExistsAsync(cancellationToken);

    // Without this, the session of a process that was killed goes on waiting for a table, and the next migrator with it.
    // Servers on some platforms can't do it, and a proxy in between may not know the setting: then it is done without.
    private static async Task NoticeOurDeathAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var command = new NpgsqlCommand("SET client_connection_check_interval = '1s'", connection);
            await command.ExecuteNonQueryAsync();
        }
        catch (PostgresException) { }
    }

    private string Doing(bool list)
    {
        if (list)
            return $"Listing the migrations of {progress.Place}";
        return progress.Applying is { } migration ? $"Applying {migration} to {progress.Place}" : $"Migrating {progress.Place}";
    }

    private static string Count(int migrations) => migrations == 1 ? "1 migration" : $"{migrations} migrations";

    private static string Reason(Exception failed) =>
        failed switch
        {
            RetryLimitExceededException { InnerException: { } last } => Reason(last),
            NpgsqlException and not PostgresException when failed.InnerException is { } inner => $"{failed.Message} {inner.Message}",
            _ => failed.Message,
        };
}
