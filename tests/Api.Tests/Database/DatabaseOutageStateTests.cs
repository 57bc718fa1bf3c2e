using System.Net.Sockets;
using AspireDeploy.Api.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace AspireDeploy.Api.Tests.Database;

public sealed class DatabaseOutageStateTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DatabaseOutage _outage;
    private int _tries;
    private Exception? _failure;

    public DatabaseOutageStateTests() => _outage = new(_time, NullLogger<DatabaseOutage>.Instance);

    [Fact]
    public async Task Outage_Began_IsTriedOnceASecond()
    {
        _failure = new NpgsqlException("refused", new SocketException());
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => TryAsync());

        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<DatabaseUnavailableException>(() => TryAsync());
        Assert.Equal(1, _tries);

        _time.Advance(DatabaseOutage.Rest);
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<DatabaseUnavailableException>(() => TryAsync());
        Assert.Equal(2, _tries);
    }

    [Fact]
    public async Task Outage_ATrySucceeds_IsOverForAll()
    {
        _failure = new NpgsqlException("refused", new SocketException());
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => TryAsync());
        _failure = null;

        _time.Advance(DatabaseOutage.Rest);

        Assert.True(await TryAsync());
        Assert.True(await TryAsync());
    }

    [Fact]
    public async Task Failure_WhileOthersSucceed_IsNoOutage()
    {
        var slow = new TaskCompletionSource<bool>();
        var waiting = _outage.WatchAsync(() => slow.Task);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.True(await TryAsync());

        slow.SetException(new NpgsqlException("The connection pool has been exhausted", new TimeoutException()));

        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => waiting);
        Assert.True(await TryAsync());
    }

    [Fact]
    public async Task Failure_AfterTheLastSuccess_IsAnOutage()
    {
        Assert.True(await TryAsync());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _failure = new NpgsqlException("slow", new TimeoutException());

        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => TryAsync());
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => TryAsync());

        Assert.Equal(2, _tries);
    }

    [Fact]
    public async Task Read_OnADeadConnection_IsTriedASecondTime()
    {
        Assert.True(
            await _outage.WatchAsync(
                () => ++_tries == 1 ? Task.FromException<bool>(new NpgsqlException("broken", new IOException())) : Task.FromResult(true),
                repeatable: true
            )
        );
    }

    [Fact]
    public async Task Read_RanOutOfTime_IsNotTriedASecondTime()
    {
        _failure = new NpgsqlException("slow", new TimeoutException());

        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => TryAsync(repeatable: true));

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

    private Task<bool> TryAsync(bool repeatable = false) =>
        _outage.WatchAsync(
            () =>
            {
                _tries++;
                return _failure is { } failure ? Task.FromException<bool>(failure) : Task.FromResult(true);
            },
            repeatable
        );
}
