using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Aspire.Hosting.PostgreSQL;

/// <summary>Opens a connection, with the password, and asks for nothing.</summary>
internal sealed class PostgresHealthCheck(IResourceWithConnectionString resource) : IHealthCheck
{
    private const int SecondsToAnswer = 3;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var connectionString = await resource.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false);
            var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = SecondsToAnswer, CommandTimeout = SecondsToAnswer };
            if (await TcpProbe.RefusalAsync(settings.Host!, settings.Port, cancellationToken).ConfigureAwait(false) is { } refusal)
            {
                return HealthCheckResult.Unhealthy(refusal);
            }

            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
