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

    [Fact]
    public async Task Kill_OfTheServer_LeavesNothingInSharedMemory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "what a process has mapped is read from /proc");
        await using var server = await PostgresServer.StartAsync(Cancellation);
        await AskAsync(server, "SELECT 1");
        var shared = MappedFiles(server.ProcessId).Where(path => path.StartsWith("/dev/shm/", StringComparison.Ordinal)).ToList();

        await server.KillAsync();

        Assert.DoesNotContain(shared, File.Exists);
    }

    [Fact]
    public async Task StartAgain_AfterKill_ClearsWhatTheDeadServerShared()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "segments are read from /proc");
        await using var server = await PostgresServer.StartAsync(Cancellation);
        var data = (string)(await AskAsync(server, "SHOW data_directory"))!;
        var (files, segment) = (SharedFiles(data), SharedSegment(data));

        await server.KillAsync();
        await server.StartAgainAsync(Cancellation);

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, File.Exists);
        Assert.DoesNotContain(segment, Segments());
    }

    [Fact]
    public async Task Dispose_AfterKill_LeavesNoSegment()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "segments are read from /proc");
        var server = await PostgresServer.StartAsync(Cancellation);
        var data = (string)(await AskAsync(server, "SHOW data_directory"))!;
        var segment = SharedSegment(data);
        Assert.Contains(segment, Segments());

        await server.KillAsync();
        await server.DisposeAsync();

        Assert.DoesNotContain(segment, Segments());
        Assert.False(Directory.Exists(data));
    }

    private static string[] SharedFiles(string data) => Directory.GetFiles(Path.Combine(data, "pg_dynshmem"));

    // The seventh line of the lock file: the segment's key, which comes from the directory's inode, and its id.
    private static string SharedSegment(string data) => File.ReadLines(Path.Combine(data, "postmaster.pid")).ElementAt(6).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];

    private static IEnumerable<string> Segments() => File.ReadAllLines("/proc/sysvipc/shm").Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    private static IEnumerable<string> MappedFiles(int process) =>
        File.ReadAllLines($"/proc/{process}/maps").Where(line => line.Contains('/', StringComparison.Ordinal)).Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..]);

    private static async Task<object?> AskAsync(PostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
