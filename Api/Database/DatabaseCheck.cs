using AspireDeploy.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using OpenTelemetry;

namespace AspireDeploy.Api.Database;

/// <summary>
/// Ready means that PostgreSQL answers: without Redis the API serves slower, without PostgreSQL not at all. And that the database has every
/// migration that this program was built with: where it is deployed beside its migration, no request comes in before that has completed.
/// Once they were all there, nobody looks again.
/// </summary>
internal sealed class DatabaseCheck(NpgsqlDataSource database, DatabaseOutage outage) : IHealthCheck
{
    private volatile bool _isMigrated;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = _isMigrated
                ? database.CreateCommand("SELECT 1")
                : database.CreateCommand("""SELECT "MigrationId" FROM "__EFMigrationsHistory" """);
            command.CommandTimeout = 2;
            // Asked every second: its spans would bury those of requests.
            using (SuppressInstrumentationScope.Begin())
            {
                if (_isMigrated)
                    await command.ExecuteScalarAsync(cancellationToken);
                else if (await PendingAsync(command, cancellationToken) is { } pending)
                    return pending;
            }
            _isMigrated = true;
            outage.Answered();
            return HealthCheckResult.Healthy();
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return Pending(CatalogMigrations.Names);
        }
        catch (Exception failed) when (DatabaseOutage.IsOutage(failed))
        {
            return HealthCheckResult.Unhealthy("PostgreSQL can't be reached.");
        }
    }

    private static async Task<HealthCheckResult?> PendingAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var pending = CatalogMigrations.Names.ToList();
        await using var applied = await command.ExecuteReaderAsync(cancellationToken);
        while (await applied.ReadAsync(cancellationToken))
            pending.Remove(applied.GetString(0));
        return pending.Count == 0 ? null : Pending(pending);
    }

    private static HealthCheckResult Pending(IReadOnlyList<string> migrations) =>
        HealthCheckResult.Unhealthy($"The database lacks {string.Join(", ", migrations)}: the migrator hasn't completed.");
}
