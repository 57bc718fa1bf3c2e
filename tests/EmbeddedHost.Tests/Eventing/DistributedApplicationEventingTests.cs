using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using EmbeddedHost.Tests.ApplicationModel.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Eventing;

public class DistributedApplicationEventingTests
{
    private static readonly IServiceProvider Services = new ServiceCollection().BuildServiceProvider();

    private readonly DistributedApplicationEventing _eventing = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_EventOfAResource_ReachesItsSubscribersAndThoseOfAll()
    {
        var (api, db) = (Publishing.Resource("api"), Publishing.Resource("db"));
        var seen = new List<string>();
        _eventing.Subscribe<ResourceReadyEvent>((e, _) => Note($"all:{e.Resource.Name}"));
        _eventing.Subscribe<ResourceReadyEvent>(api, (e, _) => Note($"api:{e.Resource.Name}"));
        _eventing.Subscribe<ResourceEndpointsAllocatedEvent>(api, (e, _) => Note("another event"));

        await _eventing.PublishAsync(new ResourceReadyEvent(db, Services), Token);
        await _eventing.PublishAsync(new ResourceReadyEvent(api, Services), Token);

        Assert.Equal(["all:db", "all:api", "api:api"], seen);

        Task Note(string what)
        {
            seen.Add(what);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Publish_Sequentially_StopsAtTheFirstExceptionAndThrowsIt()
    {
        var calls = 0;
        Subscribe(() => calls++);
        Subscribe(() => throw new InvalidOperationException("second"));
        Subscribe(() => calls++);

        Assert.Equal("second", (await Assert.ThrowsAsync<InvalidOperationException>(() => _eventing.PublishAsync(Event(), Token))).Message);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Publish_Concurrently_CallsAllAtOnceAndThrowsWhenTheLastHasEnded()
    {
        var both = new TaskCompletionSource();
        var (calls, ended) = (0, false);
        Subscribe(() => throw new InvalidOperationException("first"));
        for (var i = 0; i < 2; i++)
            _eventing.Subscribe<ResourceReadyEvent>(async (_, _) =>
            {
                // Neither goes on before the other was called: one after another they would wait for ever.
                if (Interlocked.Increment(ref calls) == 2)
                    both.SetResult();
                await both.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
                ended = true;
            });

        await Assert.ThrowsAsync<InvalidOperationException>(() => _eventing.PublishAsync(Event(), EventDispatchBehavior.BlockingConcurrent, Token));
        Assert.True(ended);
    }

    [Theory]
    [InlineData(EventDispatchBehavior.NonBlockingSequential)]
    [InlineData(EventDispatchBehavior.NonBlockingConcurrent)]
    public async Task Publish_NotBlocking_NeitherWaitsNorThrows(EventDispatchBehavior behavior)
    {
        var (gate, called) = (new TaskCompletionSource(), new TaskCompletionSource());
        _eventing.Subscribe<ResourceReadyEvent>(async (_, _) =>
        {
            await gate.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
            called.SetResult();
            throw new InvalidOperationException("unseen");
        });

        await _eventing.PublishAsync(Event(), behavior, Token);
        Assert.False(called.Task.IsCompleted);
        gate.SetResult();
        await called.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
    }

    [Fact]
    public async Task Publish_NotBlocking_TellsOfTheFailureNobodySees()
    {
        var told = new TaskCompletionSource<string>();
        _eventing.UnobservedFailure = (type, e) => told.SetResult($"{type.Name}: {e.Message}");
        Subscribe(() => throw new InvalidOperationException("unseen"));

        await _eventing.PublishAsync(Event(), EventDispatchBehavior.NonBlockingSequential, Token);

        Assert.Equal("ResourceReadyEvent: unseen", await told.Task.WaitAsync(TimeSpan.FromMinutes(1), Token));
    }

    [Fact]
    public async Task Publish_SubscribersComeAndGoMeanwhile_CallsThoseThatWereThere()
    {
        var calls = new List<string>();
        DistributedApplicationEventSubscription? second = null;
        Subscribe(() =>
        {
            calls.Add("first");
            _eventing.Unsubscribe(second!);
            Subscribe(() => calls.Add("third"));
        });
        second = Subscribe(() => calls.Add("second"));

        await _eventing.PublishAsync(Event(), Token);

        Assert.Equal(["first", "second"], calls);
    }

    [Fact]
    public async Task Subscribe_FromManyThreads_LosesNoSubscription()
    {
        var seen = new ConcurrentBag<int>();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => Subscribe(() => seen.Add(i)), Token)));

        await _eventing.PublishAsync(Event(), Token);

        Assert.Equal(Enumerable.Range(0, 200), seen.Order());
    }

    private DistributedApplicationEventSubscription Subscribe(Action action) => _eventing.Subscribe<ResourceReadyEvent>((_, _) =>
    {
        action();
        return Task.CompletedTask;
    });

    private static ResourceReadyEvent Event() => new(Publishing.Resource("api"), Services);
}
