using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using OpenTelemetry;

namespace AspireDeploy.Api.Database;

/// <summary>Ready means that PostgreSQL answers: without Redis the API serves slower, without PostgreSQL not at all.</summary>
internal sealed class DatabaseCheck(NpgsqlDataSource database, DatabaseOutage outage) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand("SELECT 1");
            command.CommandTimeout = 2;
            // Asked every second: its spans would bury those of requests.
            using (SuppressInstrumentationScope.Begin())
            {
                await command.ExecuteScalarAsync(cancellationToken);
            }
            outage.Answered();
            return HealthCheckResult.Healthy();
        }
        catch (Exception failed) when (DatabaseOutage.IsOutage(failed))
        {
            return HealthCheckResult.Unhealthy("PostgreSQL can't be reached.");
        }
    }
}
