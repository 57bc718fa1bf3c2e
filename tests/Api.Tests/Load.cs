using System.Collections.Concurrent;
using AspireDeploy.Workload;

namespace AspireDeploy.Api.Tests;

/// <summary>Clients with connections of their own that go on asking, one request after the other, until they are told to stop.</summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Func<HttpClient, Task<HttpResponseMessage>> _ask;
    private readonly Func<HttpResponseMessage, bool> _isGood;
    private readonly Task _clients;
    private int _answered;

    private Load(
        int clients,
        Func<HttpClient> connect,
        Func<HttpClient, Task<HttpResponseMessage>> ask,
        Func<HttpResponseMessage, bool> isGood
    )
    {
        (_ask, _isGood) = (ask, isGood);
        _clients = Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => AskAsync(connect))));
    }

    /// <summary>What went wrong so far: an answer that isn't good, or none.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Starts some clients.</summary>
    /// <param name="clients">How many.</param>
    /// <param name="connect">Makes a client's client.</param>
    /// <param name="ask">Makes one request.</param>
    /// <param name="isGood">Whether an answer is one that this load should get.</param>
    public static Load Start(
        int clients,
        Func<HttpClient> connect,
        Func<HttpClient, Task<HttpResponseMessage>> ask,
        Func<HttpResponseMessage, bool> isGood
    ) => new(clients, connect, ask, isGood);

    /// <summary>Waits until so many further requests have been answered.</summary>
    public async Task UntilAnsweredAsync(int more)
    {
        var before = Volatile.Read(ref _answered);
        await Until.TrueAsync(
            () => Volatile.Read(ref _answered) - before >= more,
            "The load isn't answered any more.",
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>Lets every client finish the request that it is at.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _clients;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task AskAsync(Func<HttpClient> connect)
    {
        using var client = connect();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await _ask(client);
                if (!_isGood(answer))
                    _failures.Enqueue(
                        $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.PathAndQuery} is {(int)answer.StatusCode}"
                    );
                Interlocked.Increment(ref _answered);
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException or OperationCanceledException)
            {
                _failures.Enqueue(cut.ToString());
            }
        }
    }
}
