using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;
using EmbeddedHost.Tests.ApplicationModel.Notifications;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.ApplicationModel.Logs;

public class ResourceLoggerServiceTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_LogWithLines_SeesThemThenWhatIsAddedUntilItIsComplete()
    {
        using var loggers = new ResourceLoggerService();
        var logger = loggers.GetLogger("api");
        logger.LogInformation("first");
        await using var watch = loggers.WatchAsync("api").GetAsyncEnumerator(Token);

        Assert.True(await watch.MoveNextAsync());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z first$", Assert.Single(watch.Current).Content);
        logger.LogError("second\nand its second line");
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal([(2, true), (3, true)], watch.Current.Select(l => (l.LineNumber, l.IsErrorMessage)));
        loggers.Complete("api");
        logger.LogInformation("too late");
        Assert.False(await watch.MoveNextAsync());
    }

    [Fact]
    public async Task GetLogger_ResourceWhoseReplicasBecomeKnownLater_WritesToEachOfThem()
    {
        using var loggers = new ResourceLoggerService();
        var api = Publishing.Resource("api");
        var logger = loggers.GetLogger(api);
        api.Annotations.Add(new ResourceInstancesAnnotation([new("api-a", "a", 0), new("api-b", "b", 1)]));
        logger.LogInformation("hello");

        Assert.EndsWith("hello", Assert.Single(await All(loggers, "api-a")), StringComparison.Ordinal);
        Assert.EndsWith("hello", Assert.Single(await All(loggers, "api-b")), StringComparison.Ordinal);
        Assert.Equal([1, 2], await loggers.GetAllAsync(api).SelectMany(lines => lines).Select(l => l.LineNumber).ToListAsync(Token));
    }

    [Fact]
    public async Task Watch_SourceAttached_IsReadOnceSomebodyWatchesAndNotBefore()
    {
        using var loggers = new ResourceLoggerService();
        var source = new Source();
        await using var attached = loggers.AttachSource("api", source);
        source.Write(0, "up");
        Assert.Equal(0, source.Readers);

        await using var first = loggers.WatchAsync("api").GetAsyncEnumerator(Token);
        Assert.True(await first.MoveNextAsync());
        Assert.EndsWith("up", Assert.Single(first.Current).Content, StringComparison.Ordinal);
        await using var second = loggers.WatchAsync("api").GetAsyncEnumerator(Token);
        Assert.True(await second.MoveNextAsync());
        Assert.Equal(1, source.Readers);
    }

    [Fact]
    public async Task GetAll_StreamsThatArriveApart_AreMergedByTime()
    {
        using var loggers = new ResourceLoggerService();
        var source = new Source();
        await using var attached = loggers.AttachSource("api", source);
        source.Write(2, "two");
        source.Write(4, "four");
        source.Write(1, "one", isError: true);
        source.Write(3, "three", isError: true);

        Assert.Equal(["one", "two", "three", "four"], (await All(loggers, "api")).Select(l => l.Split(' ')[1]));
    }

    [Fact]
    public async Task Dispose_SourceNobodyRead_KeepsItsLines()
    {
        using var loggers = new ResourceLoggerService();
        var source = new Source();
        var attached = loggers.AttachSource("api", source);
        source.Write(0, "last words");
        await attached.DisposeAsync();
        source.Forget();
        var next = new Source();
        await using var again = loggers.AttachSource("api", next);
        next.Write(1, "next run");

        Assert.Equal(["last words", "next run"], (await All(loggers, "api")).Select(l => l[(l.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
    }

    [Fact]
    public async Task WatchAnySubscribers_WatchersComeAndGo_TellsOfTheFirstAndTheLast()
    {
        using var loggers = new ResourceLoggerService();
        var logger = loggers.GetLogger("api");
        logger.LogInformation("line");
        await using var changes = loggers.WatchAnySubscribersAsync(Token).GetAsyncEnumerator(Token);
        var change = changes.MoveNextAsync();

        await using (var one = loggers.WatchAsync("api").GetAsyncEnumerator(Token))
        await using (var two = loggers.WatchAsync("api").GetAsyncEnumerator(Token))
        {
            await one.MoveNextAsync();
            await two.MoveNextAsync();
            Assert.True(await change);
            Assert.Equal(new LogSubscriber("api", true), changes.Current);
        }

        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(new LogSubscriber("api", false), changes.Current);
    }

    [Fact]
    public async Task Watch_ManyWriters_MissesNoLine()
    {
        const int Writers = 8, Each = 500;
        using var loggers = new ResourceLoggerService();
        var reading = loggers.WatchAsync("api").SelectMany(lines => lines).Select(l => l.Content.Split(' ')[1]).ToListAsync(Token).AsTask();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() =>
        {
            var logger = loggers.GetLogger("api");
            for (var i = 0; i < Each; i++)
                logger.LogInformation("{Writer}:{Line}", w, i);
        }, Token)));
        loggers.Complete("api");

        var lines = await reading.WaitAsync(TimeSpan.FromMinutes(1), Token);
        Assert.Equal(Writers * Each, lines.Distinct().Count());
        Assert.Equal(Writers * Each, lines.Count);
    }

    private static async Task<List<string>> All(ResourceLoggerService loggers, string id)
        => await loggers.GetAllAsync(id).SelectMany(lines => lines).Select(l => l.Content).ToListAsync(Token);

    /// <summary>A console whose lines can be read any number of times, as DCP's can, until it forgets them.</summary>
    private sealed class Source : IConsoleLogSource
    {
        private readonly Lock _lock = new();
        private readonly List<ConsoleLine> _lines = [];
        private readonly List<Channel<ConsoleLine>> _followers = [];
        private bool _forgotten;

        public int Readers { get; private set; }

        public void Write(int second, string content, bool isError = false)
        {
            lock (_lock)
            {
                var line = new ConsoleLine(Start.AddSeconds(second), content, isError);
                _lines.Add(line);
                foreach (var follower in _followers)
                    follower.Writer.TryWrite(line);
            }
        }

        public void Forget() => _forgotten = true;

        public async IAsyncEnumerable<IReadOnlyList<ConsoleLine>> ReadAsync(bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (_forgotten)
                throw new InvalidOperationException("gone");

            var follower = Channel.CreateUnbounded<ConsoleLine>();
            ConsoleLine[] known;
            lock (_lock)
            {
                Readers++;
                known = [.. _lines];
                if (follow)
                    _followers.Add(follower);
            }

            yield return known;
            if (follow)
                await foreach (var line in follower.Reader.ReadAllAsync(cancellationToken))
                    yield return [line];
        }
    }
}
