using AspireDeploy.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry;

namespace AspireDeploy.Api.Database;

/// <summary>
/// Checks that PostgreSQL answers and has every migration that this program was built with: where the API is deployed beside its migration,
/// no request comes in before that has completed. Once they were all there, nobody looks again.
/// </summary>
internal sealed class DatabaseCheck(IDbContextFactory<CatalogContext> contexts, DatabaseOutage outage) : IHealthCheck
{
    private volatile bool _isMigrated;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // Asked every second: its spans would bury those of requests.
        using var unobserved = SuppressInstrumentationScope.Begin();
        try
        {
            await using var catalog = contexts.CreateDbContext();
            catalog.Database.SetCommandTimeout(2);
            var pending = await outage.Once.ExecuteAsync(async cancel => await PendingAsync(catalog, cancel), cancellationToken);
            _isMigrated = pending.Length == 0;
            return _isMigrated
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"The database lacks {string.Join(", ", pending)}: the migrator hasn't completed.");
        }
        catch (Exception failed) when (DatabaseOutage.IsOutage(failed))
        {
            return HealthCheckResult.Unhealthy("PostgreSQL can't be reached.");
        }
    }

    private async Task<string[]> PendingAsync(CatalogContext catalog, CancellationToken cancellationToken)
    {
        if (!_isMigrated)
            return [.. await catalog.Database.GetPendingMigrationsAsync(cancellationToken)];
        await catalog.Database.ExecuteSqlAsync($"SELECT 1", cancellationToken);
        return [];
    }
}
