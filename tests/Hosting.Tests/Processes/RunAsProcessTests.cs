using System.Diagnostics;
using System.Globalization;
using Npgsql;
using StackExchange.Redis;

namespace AspireDeploy.Hosting.Tests.Processes;

public class RunAsProcessTests(TwoOfEach servers) : IClassFixture<TwoOfEach>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunningApp Running => servers.Running;

    [Fact]
    public async Task Postgres_UserAndPasswordOfAnySigns_AreTheServers()
    {
        await Running.UntilHealthyAsync("ledger");

        await using var connection = await OpenAsync(await Running.ConnectionStringAsync("ledger") + ";Database=postgres");

        Assert.Equal(TwoOfEach.User, await ScalarAsync(connection, "SELECT current_user"));
    }

    [Fact]
    public async Task Postgres_PasswordThatIsWrong_IsRefused()
    {
        await Running.UntilHealthyAsync("ledger");
        var wrong = new NpgsqlConnectionStringBuilder(await Running.ConnectionStringAsync("ledger"))
        {
            Password = "wrong",
            Database = "postgres",
        };

        var refused = await Assert.ThrowsAsync<PostgresException>(() => OpenAsync(wrong.ConnectionString));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task Database_NameOtherThanTheResources_IsCreated()
    {
        await Running.UntilHealthyAsync("orders");

        await using var connection = await OpenAsync(await Running.ConnectionStringAsync("orders"));

        Assert.Equal("Order Book", await ScalarAsync(connection, "SELECT current_database()"));
    }

    [Fact]
    public async Task Database_CreationScript_IsRun()
    {
        await Running.UntilHealthyAsync("letters");

        await using var connection = await OpenAsync(await Running.ConnectionStringAsync("letters"));

        Assert.Equal(7, await ScalarAsync(connection, "SELECT datconnlimit FROM pg_database WHERE datname = 'letters'"));
    }

    [Fact]
    public async Task Postgres_ArgumentsOfTheContainer_AreTheServers()
    {
        await Running.UntilHealthyAsync("archive");

        await using var connection = await OpenAsync(await Running.ConnectionStringAsync("archive") + ";Database=postgres");

        Assert.Equal("20", await ScalarAsync(connection, "SHOW max_connections"));
    }

    [Fact]
    public async Task Postgres_WhatIsForTheContainerAlone_IsSaidInOneLine()
    {
        await Running.UntilHealthyAsync("archive");

        var line = await Running.UntilLogHasAsync("archive", "Not applied");

        Assert.EndsWith(
            "Not applied, as 'archive' runs as a process: the image's version 16 (ASPIREDEPLOY_POSTGRES can name another "
                + "PostgreSQL); the variable POSTGRES_DB; "
                + "the mount /opt/extensions; the files in /docker-entrypoint-initdb.d; the container engine's arguments. Start the "
                + "AppHost with '--backing-services Container' "
                + "to have that.",
            line
        );
        Assert.DoesNotContain(await Running.LogAsync("ledger"), other => other.Contains("Not applied", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Redis_ArgumentsOfTheContainer_AreSaidNotToApply()
    {
        await Running.UntilHealthyAsync("queue");

        var line = await Running.UntilLogHasAsync("queue", "Not applied");

        Assert.EndsWith(
            "Not applied, as 'queue' runs as a process, which is Garnet: --maxmemory. Set ASPIREDEPLOY_REDIS to a redis-server to "
                + "have that.",
            line
        );
    }

    [Fact]
    public async Task Redis_PasswordOfAnySigns_IsTheServers()
    {
        await Running.UntilHealthyAsync("sessions");

        await using var connection = await ConnectionMultiplexer.ConnectAsync(await Running.ConnectionStringAsync("sessions"));
        await connection.GetDatabase().StringSetAsync("key", "value");

        Assert.Equal("value", (string?)await connection.GetDatabase().StringGetAsync("key"));
        await Assert.ThrowsAsync<RedisConnectionException>(async () =>
            await ConnectionMultiplexer.ConnectAsync(
                (await Running.ConnectionStringAsync("sessions")).Split(',')[0] + ",password=wrong,connectRetry=0"
            )
        );
    }

    [Fact]
    public async Task Executable_ThatRefersAndWaits_StartsAfterThemWithTheirConnectionStrings()
    {
        await Running.UntilAsync("reader", KnownResourceStates.Running);
        await Running.UntilAsync("writer", KnownResourceStates.Running);

        await Running.UntilLogHasAsync("reader", await Running.ConnectionStringAsync("orders"));
        await Running.UntilLogHasAsync("writer", await Running.ConnectionStringAsync("sessions"));
        Assert.True(Begun("reader") >= Begun("ledger"));
    }

    [Fact]
    public async Task Events_OfTheDeclaredResource_AreRaisedOnceEach()
    {
        foreach (var resource in new[] { "ledger", "orders", "sessions" })
        {
            await Running.UntilAsync(resource, _ => servers.Events.Contains($"{resource}: ResourceReadyEvent"));
        }

        Assert.Equal(
            [
                "ledger: BeforeResourceStartedEvent",
                "ledger: ConnectionStringAvailableEvent",
                "ledger: InitializeResourceEvent",
                "ledger: ResourceEndpointsAllocatedEvent",
                "ledger: ResourceReadyEvent",
                "orders: ConnectionStringAvailableEvent",
                "orders: ResourceReadyEvent",
                "sessions: BeforeResourceStartedEvent",
                "sessions: ConnectionStringAvailableEvent",
                "sessions: InitializeResourceEvent",
                "sessions: ResourceEndpointsAllocatedEvent",
                "sessions: ResourceReadyEvent",
            ],
            servers.Events.Where(raised => raised[0] is not ('a' or 'l') || raised.StartsWith("ledger", StringComparison.Ordinal)).Order()
        );
    }

    /// <summary>
    /// Aspire's notification service knows one resource by a name. That is why events of a declared server are forwarded with a refusal
    /// taken for granted (DeclaredServerEvents): once it takes news of the declared one, that goes.
    /// </summary>
    [Fact]
    public async Task Aspire_NewsOfTheDeclaredResource_AreRefused()
    {
        await Running.UntilHealthyAsync("ledger");

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Running.App.ResourceNotifications.PublishUpdateAsync(servers.Ledger, shown => shown)
        );
    }

    [Fact]
    public async Task Database_InTheDashboard_IsBelowItsServer()
    {
        await Running.UntilHealthyAsync("orders");

        var parent = Running.Latest("orders")!.Properties.Single(property => property.Name == "resource.parentName").Value;

        Assert.Equal(Running.Events.Last(told => told.Resource.Name == "ledger").ResourceId, parent);
    }

    [Fact]
    public async Task Server_Log_HasWhatItWrites()
    {
        await Running.UntilHealthyAsync("ledger");

        await Running.UntilLogHasAsync("ledger", "database system is ready to accept connections");
    }

    [Fact]
    public async Task Server_ExplicitStart_WaitsToBeStarted()
    {
        await Running.UntilAsync("asked", KnownResourceStates.NotStarted);

        await Running.CommandAsync("asked", KnownResourceCommands.StartCommand);

        await Running.UntilHealthyAsync("asked");
    }

    [Fact]
    public async Task Secrets_OfServers_AreNotInCommandLinesVariablesLogsOrReadableFiles()
    {
        await Running.UntilHealthyAsync("ledger");
        await Running.UntilHealthyAsync("sessions");
        foreach (var resource in new[] { "ledger", "sessions" })
        {
            var shown = Running.Latest(resource)!;
            var id = ProcessId(resource);
            Assert.DoesNotContain(shown.EnvironmentVariables, variable =>
                variable.Value?.Contains(TwoOfEach.PlainPassword[..12], StringComparison.Ordinal) == true
            );
            Assert.DoesNotContain(await Running.LogAsync(resource), line =>
                line.Contains(TwoOfEach.PlainPassword[..12], StringComparison.Ordinal)
            );
            if (OperatingSystem.IsLinux())
            {
                Assert.DoesNotContain(TwoOfEach.PlainPassword[..12], await File.ReadAllTextAsync($"/proc/{id}/cmdline", Cancellation));
                Assert.DoesNotContain(TwoOfEach.PlainPassword[..12], await File.ReadAllTextAsync($"/proc/{id}/environ", Cancellation));
            }
        }
    }

    [Fact]
    public async Task Commands_StopStartRestart_ShowOnTheServerAndItsDatabases()
    {
        await Running.UntilHealthyAsync("letters");
        await using (var connection = await OpenAsync(await Running.ConnectionStringAsync("letters") + ";Pooling=false"))
        {
            await ScalarAsync(connection, "CREATE TABLE kept (n int)");

            // With a client still connected, for which PostgreSQL would wait.
            var begun = Stopwatch.StartNew();
            await Running.CommandAsync("archive", KnownResourceCommands.StopCommand);
            await Running.UntilAsync("archive", IsOver);
            await Running.UntilAsync("letters", IsOver);
            Assert.True(begun.Elapsed < TimeSpan.FromSeconds(30), $"It took {begun.Elapsed}.");
        }

        var events = servers.Events;
        Assert.Equal(1, events.Count(raised => raised == "archive: ResourceStoppedEvent"));
        Assert.Equal(1, events.Count(raised => raised == "letters: ResourceStoppedEvent"));

        await Running.CommandAsync("archive", KnownResourceCommands.StartCommand);
        await Running.UntilHealthyAsync("letters");
        await UntilAnswersAsync("letters", "SELECT count(*) FROM kept");

        var before = ProcessId("archive");
        await Running.CommandAsync("archive", KnownResourceCommands.RestartCommand);
        await Running.UntilAsync("archive", snapshot =>
            snapshot.State?.Text == KnownResourceStates.Running && ProcessId("archive") != before
        );
        await UntilAnswersAsync("letters", "SELECT count(*) FROM kept");
        Assert.Equal(3, servers.Events.Count(raised => raised == "archive: BeforeResourceStartedEvent"));
    }

    [Fact]
    public async Task Server_Killed_IsToldWithinASecond_AndStartsAgain()
    {
        await Running.UntilHealthyAsync("queue");
        using var process = Process.GetProcessById(ProcessId("queue"));
        var killed = Stopwatch.StartNew();
        process.Kill();

        await Running.UntilAsync("queue", IsOver);

        // A second on a quiet machine.
        Assert.True(killed.Elapsed < TimeSpan.FromSeconds(10), $"It took {killed.Elapsed}.");
        TestContext.Current.SendDiagnosticMessage("From kill to notification: {0}", killed.Elapsed);
        Assert.NotEqual(0, Running.Latest("queue")!.ExitCode);
        await Running.CommandAsync("queue", KnownResourceCommands.StartCommand);
        await Running.UntilHealthyAsync("queue");
    }

    private static bool IsOver(CustomResourceSnapshot snapshot) => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text);

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    private async Task UntilAnswersAsync(string database, string statement)
    {
        var connectionString = await Running.ConnectionStringAsync(database) + ";Pooling=false";
        await AspireDeploy.Workload.Until.TrueAsync(
            async () =>
            {
                try
                {
                    await using var connection = await OpenAsync(connectionString);
                    return await ScalarAsync(connection, statement) is not null;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            },
            TimeSpan.FromMinutes(2),
            () => $"{database} never answered.",
            Cancellation
        );
    }

    private DateTime Begun(string resource) => Running.Latest(resource)!.StartTimeStamp!.Value;

    private int ProcessId(string resource) =>
        Convert.ToInt32(
            Running.Latest(resource)!.Properties.Single(property => property.Name == "executable.pid").Value,
            CultureInfo.InvariantCulture
        );
}
