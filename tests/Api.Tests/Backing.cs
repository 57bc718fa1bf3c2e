using AspireDeploy.Engines;
using AspireDeploy.Workload;
using Npgsql;
using StackExchange.Redis;

namespace AspireDeploy.Api.Tests;

/// <summary>What the API stands on: a PostgreSQL that the migrator has been through, and a Redis that keeps its data.</summary>
internal sealed class Backing : IAsyncDisposable
{
    private Backing(PostgresServer postgres, GarnetServer redis) => (Postgres, Redis) = (postgres, redis);

    public PostgresServer Postgres { get; }

    public GarnetServer Redis { get; }

    /// <summary>What tells a replica where both are.</summary>
    public IReadOnlyDictionary<string, string?> Environment =>
        new Dictionary<string, string?>
        {
            ["ConnectionStrings__catalog"] = Postgres.ConnectionString("catalog"),
            ["ConnectionStrings__cache"] = Redis.ConnectionString,
        };

    public static async Task<Backing> StartAsync(CancellationToken cancellationToken)
    {
        var postgres = await PostgresServer.StartAsync(cancellationToken);
        try
        {
            var backing = new Backing(postgres, await GarnetServer.StartAsync(cancellationToken));
            try
            {
                await backing.MigrateAsync(cancellationToken);
                return backing;
            }
            catch
            {
                await backing.Redis.DisposeAsync();
                throw;
            }
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a session of the test's own.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(Postgres.ConnectionString("catalog") + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>What Redis holds of an item, or nothing.</summary>
    public async Task<byte[]?> CachedAsync(int id)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Redis.ConnectionString);
        return await redis.GetDatabase().HashGetAsync($"catalog:v2:item:{id}", "data");
    }

    public async ValueTask DisposeAsync()
    {
        await Redis.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var migrator = ServiceProcess.Start("Migrator", Environment);
        var code = await migrator.EndAsync(cancellationToken);
        Assert.True(code == 0, migrator.Everything());
    }
}
