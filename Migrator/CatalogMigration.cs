using System.Diagnostics;
using AspireDeploy.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace AspireDeploy.Migrator;

/// <summary>
/// Brings the catalog's database up to date: under the lock, one migration after the other, each whole or not at all, then the seed.
/// </summary>
internal sealed class CatalogMigration(NpgsqlConnectionStringBuilder settings, Progress progress, TimeProvider time)
{
    // The name that telemetry listens to is the application's.
    private static readonly ActivitySource Source = new("Migrator");

    // What a failure is a failure of.
    private string _doing = "";

    private string Place => $"{settings.Database ?? settings.Username} at {settings.Host}:{settings.Port}";

    /// <summary>Does what is asked.</summary>
    /// <returns>The exit code: 0 done, 1 failed.</returns>
    public async Task<int> RunAsync(Request request, CancellationToken cancellationToken)
    {
        using var span = Source.StartActivity(request == Request.List ? "list migrations" : "migrate");
        _doing = request == Request.List ? $"Listing the migrations of {Place}" : $"Migrating {Place}";
        try
        {
            await using var connection = new NpgsqlConnection(DatabaseSession.Settings(settings));
            await using var context = new CatalogContext(Options(connection));
            if (request == Request.List)
                await ListAsync(context, connection, cancellationToken);
            else
                await MigrateAsync(context, connection, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error, "stopped");
            progress.Fail("Stopped before it was done; what was applied stays, and the next run does the rest.");
            return 1;
        }
        catch (Exception failed)
        {
            span?.SetStatus(ActivityStatusCode.Error, failed.Message);
            progress.Fail($"{_doing} failed: {Reason(failed)}", failed);
            return 1;
        }
    }

    private async Task ListAsync(CatalogContext context, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var known = context.Database.GetMigrations().ToList();
        var applied = new HashSet<string>();
        try
        {
            await DatabaseSession.OpenAsync(connection, Place, progress, time, cancellationToken);
            applied = [.. await context.Database.GetAppliedMigrationsAsync(cancellationToken)];
        }
        catch (NpgsqlException missing) when (DatabaseSession.IsMissing(missing))
        {
            progress.Say($"{Place} doesn't exist yet");
        }
        foreach (var migration in known)
            progress.Say($"{(applied.Contains(migration) ? "applied" : "pending")}  {migration}");
        progress.Say($"{Count(known.Count(migration => !applied.Contains(migration)))} pending on {Place}");
    }

    private async Task MigrateAsync(CatalogContext context, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        await OpenOrCreateAsync(context, connection, cancellationToken);
        await MigratorLock.TakeAsync(connection, progress, time, cancellationToken);

        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        progress.Say(pending.Count == 0 ? $"{Place} is up to date" : $"{Count(pending.Count)} pending on {Place}");
        var migrator = context.GetService<IMigrator>();
        foreach (var migration in pending)
            await ApplyAsync(migrator, migration, cancellationToken);

        var written = await FirstItems.WriteAsync(connection, cancellationToken);
        if (written > 0)
            progress.Say($"seeded {FirstItems.Name}: {written} items");
        progress.Say($"done in {time.GetElapsedTime(begun).TotalSeconds:0.00} s");
    }

    private async Task ApplyAsync(IMigrator migrator, string migration, CancellationToken cancellationToken)
    {
        using var span = Source.StartActivity($"apply {migration}");
        span?.SetTag("migration.id", migration);
        var begun = time.GetTimestamp();
        progress.Say($"applying {migration}");
        var before = _doing;
        _doing = $"Applying {migration} to {Place}";
        try
        {
            await migrator.MigrateAsync(migration, cancellationToken);
        }
        catch (Exception failed)
        {
            span?.SetStatus(ActivityStatusCode.Error, failed.Message);
            throw;
        }
        _doing = before;
        progress.Say($"applied  {migration} in {time.GetElapsedTime(begun).TotalMilliseconds:0} ms");
    }

    private async Task OpenOrCreateAsync(CatalogContext context, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await DatabaseSession.OpenAsync(connection, Place, progress, time, cancellationToken);
        }
        catch (NpgsqlException missing) when (DatabaseSession.IsMissing(missing))
        {
            progress.Say($"creating {Place}");
            try
            {
                await context.GetService<IRelationalDatabaseCreator>().CreateAsync(cancellationToken);
            }
            catch (PostgresException raced) when (raced.SqlState == PostgresErrorCodes.DuplicateDatabase)
            {
                progress.Say("another migrator created it");
            }
            await DatabaseSession.OpenAsync(connection, Place, progress, time, cancellationToken);
        }
    }

    // Whether the code's model has changes without a migration is for a test to find, not for a run to compute.
    private static DbContextOptions<CatalogContext> Options(NpgsqlConnection connection) =>
        new DbContextOptionsBuilder<CatalogContext>()
            .UseNpgsql(connection)
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options;

    private static string Count(int migrations) => migrations == 1 ? "1 migration" : $"{migrations} migrations";

    private static string Reason(Exception failed) =>
        (
            failed.InnerException is { } inner and not PostgresException && failed is NpgsqlException
                ? $"{failed.Message} {inner.Message}"
                : failed.Message
        ).ReplaceLineEndings(" ");
}
