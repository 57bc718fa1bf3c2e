using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Engines.Docker;
using Npgsql;
using StackExchange.Redis;

namespace EmbeddedHost.Tests.Containers;

public class ContainerBackingServicesTests(ContainerEngine containers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Postgres_AsContainer_HasPasswordAndDatabase_AndLeavesNothing()
    {
        var engine = await containers.StartedAsync();
        var builder = RunningApplication.Builder(null, "--backing-services", "Container");
        var catalog = builder.AddPostgres("pg-once").WithDataVolume().AddDatabase("catalog");

        string container;
        await using (var application = await RunningApplication.StartAsync(builder))
        {
            await application.UntilHealthyAsync("catalog");
            var connection = (await catalog.Resource.ConnectionStringExpression.GetValueAsync(Cancellation))!;
            container = (string)(await application.UntilAsync("pg-once", KnownResourceStates.Running)).Properties.Single(p => p.Name == "container.id").Value!;

            Assert.Equal("catalog", await AskAsync(connection, "SELECT current_database()"));
            var wrong = new NpgsqlConnectionStringBuilder(connection) { Password = "wrong" }.ConnectionString;
            Assert.Equal(PostgresErrorCodes.InvalidPassword, (await Assert.ThrowsAsync<PostgresException>(() => AskAsync(wrong, "SELECT 1"))).SqlState);
            Assert.Contains("postgres:18.3", await engine.RunAsync(["inspect", "--format", "{{.Config.Image}}", container], Cancellation), StringComparison.Ordinal);
        }

        Assert.Empty(await NamesAsync(engine, "container ls --all --format {{.ID}} --no-trunc", container));
        Assert.Empty(await NamesAsync(engine, "volume ls --format {{.Name}}", "pg-once"));
    }

    [Fact]
    public async Task Postgres_DataVolume_IsThereInTheNextRun()
    {
        await containers.StartedAsync();
        using var directory = new TemporaryDirectory();

        for (var run = 1; run <= 2; run++)
        {
            var builder = RunningApplication.Builder(directory.Path, "--backing-services", "Container");
            var password = builder.AddParameter("password", "kept over runs", secret: true);
            var catalog = builder.AddPostgres("pg-kept", password: password).WithDataVolume().AddDatabase("catalog");
            await using var application = await RunningApplication.StartAsync(builder);
            await application.UntilHealthyAsync("catalog");
            var connection = (await catalog.Resource.ConnectionStringExpression.GetValueAsync(Cancellation))!;

            await AskAsync(connection, "CREATE TABLE IF NOT EXISTS run (id serial); INSERT INTO run DEFAULT VALUES");

            Assert.Equal((long)run, await AskAsync(connection, "SELECT count(*) FROM run"));
        }
    }

    [Fact]
    public async Task Redis_AsContainer_AsksForItsPassword_WhichIsInNoProcessList()
    {
        var engine = await containers.StartedAsync();
        var builder = RunningApplication.Builder(null, "--backing-services", "Container");
        var cache = builder.AddRedis("cache-asks");
        await using var application = await RunningApplication.StartAsync(builder);
        await application.UntilHealthyAsync("cache-asks");
        var connection = (await cache.Resource.ConnectionStringExpression.GetValueAsync(Cancellation))!;
        var password = (await cache.Resource.PasswordParameter!.GetValueAsync(Cancellation))!;

        await using var client = await ConnectionMultiplexer.ConnectAsync(connection);
        Assert.True(await client.GetDatabase().StringSetAsync("key", "value"));

        await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectionMultiplexer.ConnectAsync(connection.Replace(password, "wrong", StringComparison.Ordinal)));
        var container = (string)(await application.UntilAsync("cache-asks", KnownResourceStates.Running)).Properties.Single(p => p.Name == "container.id").Value!;
        Assert.DoesNotContain(password, await engine.RunAsync(["inspect", "--format", "{{.Path}} {{.Args}}", container], Cancellation), StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> NamesAsync(DockerEngine engine, string list, string part) =>
        (await engine.RunAsync(list.Split(' '), Cancellation)).Split('\n').Where(name => name.Contains(part, StringComparison.Ordinal));

    private static async Task<object?> AskAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection + ";Pooling=false");
        await open.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, open);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
