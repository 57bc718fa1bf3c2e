using System.Net;
using AspireDeploy.Workload;
using Npgsql;

namespace AspireDeploy.Api.Tests.Database;

public sealed class DatabaseOutageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outage_Killed_EveryRequestIs503WithRetryAfterUntilItReturns()
    {
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var replica = await Replica.StartAsync(backing.Environment, "one", Cancellation);
        var item = await replica.Client.MakeAsync();

        await backing.Postgres.KillAsync();

        foreach (
            var ask in new Func<Task<HttpResponseMessage>>[]
            {
                () => replica.Client.GetAsync("/items", Cancellation),
                () => replica.Client.GetAsync(item.Path, Cancellation),
                () => replica.Client.PostAsync("/items", Body(), Cancellation),
                () => replica.Client.SendAsync(HttpMethod.Put, item.Path, "*", body: Body()),
                () => replica.Client.SendAsync(HttpMethod.Delete, item.Path),
            }
        )
        {
            using var answer = await ask();
            await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable);
            Assert.Equal("1", answer.Headers.RetryAfter?.ToString());
            Assert.Equal(["one"], answer.Headers.GetValues("X-Replica"));
        }
        await AssertHealthAsync(replica, ready: false);

        await backing.Postgres.StartAgainAsync(Cancellation);

        await Until.TrueAsync(
            async () => (await replica.Client.GetAsync(item.Path, Cancellation)).StatusCode == HttpStatusCode.OK,
            TimeSpan.FromSeconds(60),
            () => $"It didn't recover: {replica.Process.Everything()}",
            Cancellation
        );
        await AssertHealthAsync(replica, ready: true);
        using var again = await replica.Client.ReplaceAsync(item.Path, "New", item.ETag);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);

        static StringContent Body() => new("""{"name":"Lamp","price":1}""", null, "application/json");
    }

    [Fact]
    public async Task Outage_Killed_IsToldOfOnceWhenItBeginsAndOnceWhenItEnds()
    {
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var replica = await Replica.StartAsync(backing.Environment, "one", Cancellation);

        await backing.Postgres.KillAsync();
        for (var i = 0; i < 20; i++)
        {
            using var answer = await replica.Client.GetAsync("/items", Cancellation);
            using var health = await replica.Client.GetAsync("/health", Cancellation);
        }
        await backing.Postgres.StartAgainAsync(Cancellation);
        await replica.Process.UntilHealthyAsync(Cancellation);
        await replica.Process.UntilSaysAsync("PostgreSQL answers again", Cancellation);

        Assert.Single(replica.Process.Output, line =>
            line.Contains("PostgreSQL can't be reached; requests are answered with 503", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(replica.Process.Output, line =>
            line.StartsWith("fail:", StringComparison.Ordinal) || line.TrimStart().StartsWith("at ", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(backing.Postgres.Password, replica.Process.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outage_UnderLoad_EveryRequestIsAnswered()
    {
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var replica = await Replica.StartAsync(backing.Environment, "one", Cancellation);
        await using var load = Load.Start(
            16,
            replica.NewClient,
            client => client.GetAsync("/items", Cancellation),
            answer =>
                answer.StatusCode is HttpStatusCode.OK
                || (answer.StatusCode == HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null)
        );

        await load.UntilAnsweredAsync(200);
        await backing.Postgres.KillAsync();
        await load.UntilAnsweredAsync(500);
        await backing.Postgres.StartAgainAsync(Cancellation);
        await replica.Process.UntilHealthyAsync(Cancellation);
        await load.UntilAnsweredAsync(200);
        await load.StopAsync();

        Assert.Empty(load.Failures);
    }

    [Fact]
    public async Task Outage_Frozen_IsNoticedAndNothingWaitsForItAfterwards()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows can't freeze a process by a signal.");
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var replica = await Replica.StartAsync(backing.Environment, "one", Cancellation);
        var frozen = await ProcessesAsync(backing);

        frozen.ForEach(Signals.Freeze);

        // A client's own limit (Replica) is what "hang" means here.
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => replica.Client.GetAsync("/items", Cancellation)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        await AssertHealthAsync(replica, ready: false);

        frozen.ForEach(Signals.Thaw);

        await replica.Process.UntilHealthyAsync(Cancellation);
        await replica.Client.GetJsonAsync("/items");
    }

    [Fact]
    public async Task Outage_FromTheStart_ServesOnceItIsOver()
    {
        await using var backing = await Backing.StartAsync(Cancellation);
        await backing.Postgres.KillAsync();
        await using var process = ServiceProcess.Serve("Api", backing.Environment);
        using var client = new HttpClient { BaseAddress = process.Address };
        await Until.TrueAsync(
            async () => (await client.GetAsync("/alive", Cancellation)).IsSuccessStatusCode,
            TimeSpan.FromSeconds(60),
            process.Everything,
            Cancellation
        );

        using (var answer = await client.GetAsync("/items", Cancellation))
        {
            await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        }
        await backing.Postgres.StartAgainAsync(Cancellation);
        await process.UntilHealthyAsync(Cancellation);

        Assert.NotEmpty((await client.GetJsonAsync("/items"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Outage_OverBeforeAnybodyAsked_AReaderDoesNotNotice()
    {
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var replica = await Replica.StartAsync(backing.Environment, "one", Cancellation);
        // Several pooled connections, each of which the restart kills.
        var warm = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => replica.Client.GetAsync("/items", Cancellation)));
        Assert.All(warm, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));

        await backing.Postgres.KillAsync();
        await backing.Postgres.StartAgainAsync(Cancellation);

        for (var i = 0; i < 10; i++)
            await replica.Client.GetJsonAsync("/items");
    }

    private static async Task AssertHealthAsync(Replica replica, bool ready)
    {
        foreach (var (path, healthy) in new[] { ("/health", ready), ("/alive", true) })
        {
            using var answer = await replica.Client.GetAsync(path, Cancellation);
            Assert.Equal(healthy ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal(healthy ? "Healthy" : "Unhealthy", await answer.Content.ReadAsStringAsync(Cancellation));
        }
    }

    // The postmaster, which would answer new connections, and those that answer on the old ones.
    private static async Task<List<int>> ProcessesAsync(Backing backing)
    {
        var processes = new List<int> { backing.Postgres.ProcessId };
        await using var connection = await backing.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("SELECT pid FROM pg_stat_activity WHERE application_name = 'Api'", connection);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        while (await reader.ReadAsync(Cancellation))
            processes.Add(reader.GetInt32(0));
        return processes;
    }
}
