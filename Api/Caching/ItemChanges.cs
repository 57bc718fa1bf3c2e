using System.Collections.Concurrent;
using System.Globalization;
using StackExchange.Redis;

namespace AspireDeploy.Api.Caching;

/// <summary>
/// Tells all replicas of a change over Redis, and waits until each has heard of it, so that whoever got the answer to a write sees it
/// through every replica. It also finds out, twice a second, that Redis answers and that this replica hears what is published.
/// </summary>
internal sealed class ItemChanges : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    // Longer than a request would wait: the first command of a process, or of a server, takes its time.
    private static readonly TimeSpan BeatTimeout = TimeSpan.FromSeconds(1);

    // A replica that is frozen mustn't hold up the others' writes; it finds its memory expired when it wakes.
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);
    private static readonly RedisChannel Everyone = RedisChannel.Literal("catalog:changes");

    private readonly RedisLink _redis;
    private readonly RedisEntries _entries;
    private readonly LocalItems _local;
    private readonly TimeProvider _time;
    private readonly string _me = Guid.NewGuid().ToString("N");
    private readonly RedisChannel _mine;
    private readonly ConcurrentDictionary<long, Hearing> _hearings = new();
    private readonly ConcurrentDictionary<int, long> _untold = new();
    private long _lastNumber;
    private long _brokenAt;

    public ItemChanges(RedisLink redis, RedisEntries entries, LocalItems local, TimeProvider time)
    {
        (_redis, _entries, _local, _time) = (redis, entries, local, time);
        _mine = RedisChannel.Literal($"catalog:heard:{_me}");
        redis.Broken += () =>
        {
            Volatile.Write(ref _brokenAt, time.GetTimestamp());
            local.MayHaveMissed();
        };
    }

    /// <summary>An item is about to be changed: from now on, Redis takes no entry for it.</summary>
    internal async ValueTask BeginAsync(int id)
    {
        if (!await _entries.TryRemoveAsync(ItemCache.Key(id)))
            _untold[id] = _time.GetTimestamp();
    }

    /// <summary>An item was changed: returns when every replica that can be reached knows.</summary>
    internal async ValueTask EndAsync(int id)
    {
        _local.Changed(id);
        var number = Interlocked.Increment(ref _lastNumber);
        var hearing = _hearings[number] = new Hearing();
        try
        {
            var (told, replicas) = await _redis.AskAsync("PUBLISH", Message('c', number, id), static (database, message) =>
                database.PublishAsync(Everyone, message)
            );
            if (told)
                await hearing.ByAsync(replicas, Timeout, _time);
            else
                _untold[id] = _time.GetTimestamp();
        }
        finally
        {
            _hearings.TryRemove(number, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Connecting takes its time; the server needn't wait for it.
        await Task.Yield();
        await ConnectAsync(stoppingToken);
        using var timer = new PeriodicTimer(Beat, _time);
        do
        {
            var message = Message('b', _time.GetTimestamp(), 0);
            var (up, _) = await _redis.TryAsync("PUBLISH", message, BeatTimeout, static (database, message) =>
                database.PublishAsync(Everyone, message)
            );
            if (up)
                await TellTheUntoldAsync();
            else
                ForgetTheExpired();
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ConnectAsync(CancellationToken stoppingToken)
    {
        var (connected, mine) = (false, false);
        while (true)
        {
            connected = connected || await _redis.ConnectAsync();
            mine = mine || (connected && await _redis.SubscribeAsync(_mine, HearAnswer));
            if (mine && await _redis.SubscribeAsync(Everyone, Hear))
                return;
            await Task.Delay(Beat, _time, stoppingToken);
        }
    }

    // Changes made while Redis didn't answer: it may still hold what was before.
    private async Task TellTheUntoldAsync()
    {
        foreach (var id in _untold.Keys)
        {
            if (!await _entries.TryRemoveAsync(ItemCache.Key(id)))
                return;
            _untold.TryRemove(id, out _);
            await EndAsync(id);
        }
    }

    // An entry that a change couldn't reach has run out by itself after a while: an outage, however long, doesn't fill the memory.
    private void ForgetTheExpired()
    {
        foreach (var (id, since) in _untold)
        {
            if (_time.GetElapsedTime(since) > ItemCache.SharedLifetime)
                _untold.TryRemove(id, out _);
        }
    }

    private string Message(char kind, long number, int id) => string.Create(CultureInfo.InvariantCulture, $"{kind} {_me} {number} {id}");

    private void Hear(RedisValue message)
    {
        if (
            message.ToString().Split(' ') is not [var kind, var sender, var number, var id]
            || !long.TryParse(number, CultureInfo.InvariantCulture, out var n)
        )
            return;
        if (kind == "c" && int.TryParse(id, CultureInfo.InvariantCulture, out var changed))
        {
            _local.Changed(changed);
            if (sender == _me)
                HearAnswer(n);
            else
                _redis.Tell(RedisChannel.Literal($"catalog:heard:{sender}"), n);
        }
        // Only a beat that was sent after the connection broke shows that this replica hears again.
        else if (kind == "b" && sender == _me && n > Volatile.Read(ref _brokenAt))
            _local.Hears(n);
    }

    private void HearAnswer(RedisValue number)
    {
        if (number.TryParse(out long n) && _hearings.TryGetValue(n, out var hearing))
            hearing.One();
    }

    /// <summary>Counts the replicas that have heard of one change.</summary>
    private sealed class Hearing
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _missing;

        internal void One()
        {
            if (Interlocked.Decrement(ref _missing) == 0)
                _all.TrySetResult();
        }

        // Answers may come before it is known how many to expect: until then the count is below zero.
        internal async Task ByAsync(long replicas, TimeSpan timeout, TimeProvider time)
        {
            if (Interlocked.Add(ref _missing, replicas) <= 0)
                return;
            await _all.Task.WaitAsync(timeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
