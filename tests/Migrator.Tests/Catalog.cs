using AspireDeploy.Engines;
using AspireDeploy.Workload;
using Npgsql;

namespace AspireDeploy.Migrator.Tests;

/// <summary>A catalog that doesn't exist yet, on a PostgreSQL of the test's own, and migrators that are told where it is.</summary>
internal sealed class Catalog(PostgresServer postgres) : IAsyncDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public PostgresServer Postgres => postgres;

    /// <summary>What tells a migrator where it is.</summary>
    public IReadOnlyDictionary<string, string?> Environment =>
        new Dictionary<string, string?> { ["ConnectionStrings__catalog"] = postgres.ConnectionString("catalog") };

    public static async Task<Catalog> PrepareAsync() => new(await PostgresServer.StartAsync(Cancellation));

    /// <summary>Starts a migrator.</summary>
    public ServiceProcess Start(params string[] arguments) => ServiceProcess.Start("Migrator", Environment, arguments);

    /// <summary>Runs a migrator to its end, which must be a good one.</summary>
    /// <returns>What it said.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(params string[] arguments)
    {
        await using var migrator = Start(arguments);
        var code = await migrator.EndAsync(Cancellation);
        Assert.True(code == 0, migrator.Everything());
        Assert.Empty(migrator.Errors);
        return migrator.Output;
    }

    /// <summary>Opens a session of the test's own.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string database = "catalog")
    {
        var connection = new NpgsqlConnection(postgres.ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    /// <summary>Runs a statement in the catalog.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await ExecuteAsync(connection, sql);
    }

    /// <summary>Runs a statement in a session.</summary>
    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>The first column of what a query finds.</summary>
    public async Task<List<string>> ReadAsync(string sql, string database = "catalog")
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var found = new List<string>();
        while (await reader.ReadAsync(Cancellation))
            found.Add(reader.GetValue(0).ToString()!);
        return found;
    }

    /// <summary>The migrations that the catalog has.</summary>
    public Task<List<string>> AppliedAsync() => ReadAsync("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1""");

    public ValueTask DisposeAsync() => postgres.DisposeAsync();
}
