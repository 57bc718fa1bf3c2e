using System.Net;
using AspireDeploy.Workload;
using Npgsql;

namespace AspireDeploy.Api.Tests;

public sealed class ShutdownTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Terminate_RequestsWaitForTheDatabase_AreFinishedFirst()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var replica = await Replica.StartAsync(Draining(backing, seconds: 0), "one", Cancellation);
        await using var connection = await backing.OpenAsync(Cancellation);
        await using var holding = await connection.BeginTransactionAsync(Cancellation);
        await ExecuteAsync(connection, "LOCK TABLE items");
        var requests = new[]
        {
            replica.Client.GetAsync("/items/1", Cancellation),
            replica.Client.PostAsync("/items", new StringContent("""{"name":"Lamp","price":1}""", null, "application/json"), Cancellation),
            replica.Client.ReplaceAsync("/items/2", "New"),
        };
        await Until.TrueAsync(
            async () =>
                await CountAsync(backing, "pg_stat_activity WHERE application_name = 'Api' AND wait_event_type = 'Lock'")
                == requests.Length,
            TimeSpan.FromSeconds(60),
            () => "The requests never came to wait for the table.",
            Cancellation
        );

        replica.Process.Terminate();
        await UntilRefusedAsync(replica);
        await holding.RollbackAsync(Cancellation);

        var answers = await Task.WhenAll(requests);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.OK], answers.Select(answer => answer.StatusCode));
        Assert.Equal(0, await replica.Process.EndAsync(Cancellation));
    }

    [Fact]
    public async Task Terminate_UnderLoad_CutsNoRequest()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var backing = await Backing.StartAsync(Cancellation);
        // Longer than this test will ask for, so that nobody meets the closed door.
        await using var replica = await Replica.StartAsync(Draining(backing, seconds: 300), "one", Cancellation);
        await using var readers = Load.Start(
            4,
            replica.NewClient,
            client => client.GetAsync("/items/1", Cancellation),
            answer => answer.IsSuccessStatusCode
        );
        await using var writers = Load.Start(
            2,
            replica.NewClient,
            client => client.ReplaceAsync("/items/2", "New"),
            answer => answer.IsSuccessStatusCode
        );
        await readers.UntilAnsweredAsync(100);

        replica.Process.Terminate();
        await Until.TrueAsync(
            async () => (await replica.Client.GetAsync("/health", Cancellation)).StatusCode == HttpStatusCode.ServiceUnavailable,
            TimeSpan.FromSeconds(60),
            () => "It never said that it stops.",
            Cancellation
        );
        await readers.UntilAnsweredAsync(200);
        await writers.UntilAnsweredAsync(20);

        using (var goodbye = await replica.Client.GetAsync("/items/999999", Cancellation))
            Assert.True(goodbye.Headers.ConnectionClose);
        await readers.StopAsync();
        await writers.StopAsync();
        Assert.Empty(readers.Failures.Concat(writers.Failures));
    }

    [Fact]
    public async Task Terminate_DatabaseIsOut_SaysGoodbyeWith503Too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var replica = await Replica.StartAsync(Draining(backing, seconds: 300), "one", Cancellation);
        await backing.Postgres.KillAsync();

        replica.Process.Terminate();

        await Until.TrueAsync(
            async () =>
            {
                using var answer = await replica.Client.GetAsync("/items", Cancellation);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                return answer.Headers.ConnectionClose == true;
            },
            TimeSpan.FromSeconds(60),
            () => "No answer ever asked to close the connection.",
            Cancellation
        );
    }

    private static Dictionary<string, string?> Draining(Backing backing, int seconds) =>
        new(backing.Environment) { ["Shutdown__DrainSeconds"] = $"{seconds}" };

    private static Task UntilRefusedAsync(Replica replica) =>
        Until.TrueAsync(
            async () =>
            {
                using var fresh = replica.NewClient();
                try
                {
                    using var answer = await fresh.GetAsync("/alive", Cancellation);
                    return false;
                }
                catch (HttpRequestException refused)
                {
                    return refused.HttpRequestError == HttpRequestError.ConnectionError;
                }
            },
            TimeSpan.FromSeconds(60),
            () => "It went on accepting.",
            Cancellation
        );

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task<long> CountAsync(Backing backing, string from)
    {
        await using var connection = await backing.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {from}", connection);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
