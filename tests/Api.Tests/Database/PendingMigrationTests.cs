using System.Net;
using AspireDeploy.Workload;
using Npgsql;

namespace AspireDeploy.Api.Tests.Database;

/// <summary>A replica that is deployed beside the migration it was published with.</summary>
public sealed class PendingMigrationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = (SELECT max("MigrationId") FROM "__EFMigrationsHistory")""")]
    [InlineData("""ALTER TABLE "__EFMigrationsHistory" RENAME TO "later" """)]
    public async Task Ready_WhileAMigrationIsPending_IsFalse_AndAliveIsTrue_UntilItHasCompleted(string before)
    {
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var connection = await backing.OpenAsync(Cancellation);
        await RunAsync(connection, """CREATE TABLE "kept" AS SELECT * FROM "__EFMigrationsHistory" """);
        await RunAsync(connection, before);
        await using var process = ServiceProcess.Serve("Api", backing.Environment);
        using var client = new HttpClient { BaseAddress = process.Address };

        await Until.TrueAsync(() => IsOkAsync(client, "/alive"), TimeSpan.FromMinutes(1), process.Everything, Cancellation);
        Assert.False(await IsOkAsync(client, "/health"));

        await RunAsync(
            connection,
            """DROP TABLE IF EXISTS "__EFMigrationsHistory"; ALTER TABLE "kept" RENAME TO "__EFMigrationsHistory" """
        );
        Assert.True(await IsOkAsync(client, "/health"));
    }

    [Fact]
    public async Task Ready_OfAReplicaThatWas_StaysSo_WhateverAnotherVersionDoesToTheDatabase()
    {
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var replica = await Replica.StartAsync(backing.Environment, "one", Cancellation);
        await using var connection = await backing.OpenAsync(Cancellation);

        await RunAsync(
            connection,
            """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Later', '11.0.0'); DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" < '2999' """
        );

        Assert.True(await IsOkAsync(replica.Client, "/health"));
    }

    private static async Task<bool> IsOkAsync(HttpClient client, string path)
    {
        try
        {
            using var answer = await client.GetAsync(path, Cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
