using System.Net.Sockets;
using AspireDeploy.Api.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Polly;
using Polly.CircuitBreaker;

namespace AspireDeploy.Api.Tests.Database;

public sealed class DatabaseOutageStateTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DatabaseOutage _outage;
    private int _tries;
    private Exception? _failure;

    public DatabaseOutageStateTests() => _outage = new(_time, NullLogger<DatabaseOutage>.Instance);

    [Fact]
    public async Task Outage_Began_IsTriedOnceABreak()
    {
        await BreakAsync();

        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<BrokenCircuitException>(() => TryAsync());
        Assert.Equal(2, _tries);

        _time.Advance(DatabaseOutage.Break);
        await Assert.ThrowsAsync<NpgsqlException>(() => TryAsync());
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<BrokenCircuitException>(() => TryAsync());
        Assert.Equal(3, _tries);
    }

    [Fact]
    public async Task Outage_ATrySucceeds_IsOverForAll()
    {
        await BreakAsync();
        _failure = null;

        _time.Advance(DatabaseOutage.Break);

        Assert.True(await TryAsync());
        Assert.True(await TryAsync());
    }

    [Fact]
    public async Task Failure_WhileOthersSucceed_IsNoOutage()
    {
        for (var i = 0; i < 3; i++)
            Assert.True(await TryAsync());

        _failure = new NpgsqlException("The connection pool has been exhausted", new TimeoutException());
        await Assert.ThrowsAsync<NpgsqlException>(() => TryAsync());
        _failure = null;

        Assert.True(await TryAsync());
    }

    [Fact]
    public async Task Read_OnADeadConnection_IsTriedASecondTime()
    {
        var read = await _outage.Repeatable.ExecuteAsync(
            _ => ++_tries == 1 ? ValueTask.FromException<bool>(new NpgsqlException("broken", new IOException())) : new(true),
            TestContext.Current.CancellationToken
        );

        Assert.True(read);
    }

    [Fact]
    public async Task Read_RanOutOfTime_IsNotTriedASecondTime()
    {
        _failure = new NpgsqlException("slow", new TimeoutException());

        await Assert.ThrowsAsync<NpgsqlException>(() => TryAsync(_outage.Repeatable));

        Assert.Equal(1, _tries);
    }

    [Fact]
    public async Task Write_OnADeadConnection_IsNotTriedASecondTime()
    {
        _failure = new NpgsqlException("broken", new IOException());

        await Assert.ThrowsAsync<NpgsqlException>(() => TryAsync());

        Assert.Equal(1, _tries);
    }

    [Theory]
    [InlineData("57P01", true)]
    [InlineData("57P03", true)]
    [InlineData("53300", true)]
    [InlineData("28P01", true)]
    [InlineData("3D000", true)]
    [InlineData("08006", true)]
    [InlineData("57014", true)]
    [InlineData("23505", false)]
    [InlineData("42P01", false)]
    public void Failure_PostgresSaysWhy_IsAnOutageOnlyWhenItCanServeNobody(string state, bool outage) =>
        Assert.Equal(outage, DatabaseOutage.IsOutage(new PostgresException("", "ERROR", "ERROR", state)));

    [Fact]
    public void Failure_ClientWentAway_IsNoOutage() =>
        Assert.False(
            DatabaseOutage.IsOutage(
                new OperationCanceledException("gone", new PostgresException("", "ERROR", "ERROR", PostgresErrorCodes.QueryCanceled))
            )
        );

    private async Task BreakAsync()
    {
        _failure = new NpgsqlException("refused", new SocketException());
        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<NpgsqlException>(() => TryAsync());
    }

    private Task<bool> TryAsync(ResiliencePipeline? pipeline = null) =>
        (pipeline ?? _outage.Once)
            .ExecuteAsync(_ =>
            {
                _tries++;
                return _failure is { } failure ? ValueTask.FromException<bool>(failure) : new(true);
            })
            .AsTask();
}
