using AspireDeploy.Engines;
using Npgsql;

namespace EmbeddedHost.Tests.PostgreSQL;

public class PostgresServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_WrongPassword_IsRefused()
    {
        await using var server = await PostgresServer.StartAsync(Cancellation);

        await using var connection = new NpgsqlConnection(server.ConnectionString().Replace(server.Password, "wrong", StringComparison.Ordinal));
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Cancellation));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
        Assert.Equal("scram-sha-256", await AskAsync(server, "SHOW password_encryption"));
        Assert.StartsWith("SCRAM-SHA-256$", (string)(await AskAsync(server, "SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'"))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Listens_OnLoopbackAlone()
    {
        await using var server = await PostgresServer.StartAsync(Cancellation);

        Assert.Equal("127.0.0.1", await AskAsync(server, "SHOW listen_addresses"));
        Assert.Equal("", await AskAsync(server, "SHOW unix_socket_directories"));
        Assert.Equal("UTF8", await AskAsync(server, "SHOW server_encoding"));
    }

    [Fact]
    public async Task StartAgain_AfterKill_KeepsData()
    {
        await using var server = await PostgresServer.StartAsync(Cancellation);
        await AskAsync(server, "CREATE TABLE item (id int); INSERT INTO item VALUES (41), (42)");

        await server.KillAsync();
        await server.StartAgainAsync(Cancellation);

        Assert.Equal(2L, await AskAsync(server, "SELECT count(*) FROM item"));
    }

    [Fact]
    public async Task Start_AsRoot_RunsAsSomebodyElse()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root has somebody else to hand PostgreSQL to");
        await using var server = await PostgresServer.StartAsync(Cancellation);

        var status = await File.ReadAllLinesAsync($"/proc/{server.ProcessId}/status", Cancellation);
        var user = status.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t');
        Assert.DoesNotContain("0", user[1..]);
        Assert.Equal("postgres", (await File.ReadAllTextAsync($"/proc/{server.ProcessId}/comm", Cancellation)).Trim());
        Assert.DoesNotContain(server.Password, await File.ReadAllTextAsync($"/proc/{server.ProcessId}/cmdline", Cancellation), StringComparison.Ordinal);
    }

    private static async Task<object?> AskAsync(PostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
