using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Aspire.Hosting.PostgreSQL;

/// <summary>Creates the databases that a server lacks.</summary>
internal static class PostgresDatabases
{
    public static async Task CreateAsync(PostgresServerResource server, IResourceCollection resources, CancellationToken cancellationToken)
    {
        var databases = resources.OfType<PostgresDatabaseResource>().Where(database => database.Parent == server).Select(database => database.DatabaseName).ToList();
        if (databases.Count == 0)
        {
            return;
        }

        var connectionString = await ((IResourceWithConnectionString)server).GetConnectionStringAsync(cancellationToken).ConfigureAwait(false);
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Database = "postgres" };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        foreach (var database in databases)
        {
            try
            {
                await using var create = connection.CreateCommand();
                create.CommandText = $"CREATE DATABASE \"{database.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
                await create.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DuplicateDatabase)
            {
                // It was there.
            }
        }
    }
}
