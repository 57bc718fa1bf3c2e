using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace AspireDeploy.Workload;

/// <summary>
/// Clients of the items API that together ask <see cref="PerSecond"/> times a second, however long answers take: three reads to one
/// idempotent change. Each keeps its connection; whichever is free sends what is due next. While all of them wait, what is due is put off,
/// not left out: they make up for it, half as fast again. Whatever isn't answered with success is a failure, and kept.
/// </summary>
public sealed class SteadyLoad : IAsyncDisposable
{
    /// <summary>Gets how many requests are due in a second.</summary>
    public const int PerSecond = 200;

    private const int Clients = 15;
    private static readonly TimeSpan Fastest = TimeSpan.FromSeconds(Clients / (1.5 * PerSecond));
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Task _clients;
    private long _taken;
    private long _answered;
    private long _last = long.MaxValue;

    private SteadyLoad(IEnumerable<(HttpClient Client, Uri Item)> clients) =>
        _clients = Task.WhenAll(clients.Select(c => Task.Run(() => RunAsync(c.Client, c.Item))));

    /// <summary>Gets how many requests have been answered, or failed.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Gets the requests that failed, and how.</summary>
    public IReadOnlyList<string> Failures => [.. _failures];

    /// <summary>Starts it.</summary>
    /// <param name="address">Where the API is served. Its certificate may be of any authority.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">The API takes no items.</exception>
    public static async Task<SteadyLoad> StartAsync(Uri address, CancellationToken cancellationToken)
    {
        var clients = new List<(HttpClient Client, Uri Item)>();
        while (clients.Count < Clients)
        {
            var client = NewClient(address);
            // An item of its own, so that none undoes another's change; and one client after another, as a busy machine can't shake so many
            // hands at once.
            Uri? item = null;
            await Until.TrueAsync(
                async () => (item = await CreateAsync(client, cancellationToken)) is not null,
                Limit,
                () => "The API takes no items.",
                cancellationToken
            );
            clients.Add((client, item!));
        }

        return new(clients);
    }

    /// <summary>Waits until so many requests have been answered.</summary>
    public Task UntilAnsweredAsync(long count, CancellationToken cancellationToken) =>
        Until.TrueAsync(
            () => Task.FromResult(Answered >= count),
            Limit,
            () => $"Only {Answered} requests were answered. {string.Join(' ', Failures.Take(5))}",
            cancellationToken
        );

    /// <summary>Ends it: what has been due until now is still sent, and answered.</summary>
    /// <returns>How many requests there were.</returns>
    public async Task<long> FinishAsync(CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _last, (long)(Stopwatch.GetElapsedTime(_began).TotalSeconds * PerSecond));
        await _ending.CancelAsync();
        await _clients.WaitAsync(Limit, cancellationToken);
        return Answered;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _last, 0);
        await _ending.CancelAsync();
        await _clients;
        _ending.Dispose();
    }

    private static HttpClient NewClient(Uri address)
    {
        // Whose certificate it is makes no difference to whether a request is lost.
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
        };
        return new(handler) { BaseAddress = address };
    }

    private static async Task<Uri?> CreateAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync("/items", new { name = "Item", price = 1 }, cancellationToken);
        return answer.EnsureSuccessStatusCode().Headers.Location;
    }

    private async Task RunAsync(HttpClient client, Uri item)
    {
        using var _ = client;
        while (true)
        {
            var turn = Interlocked.Increment(ref _taken);
            var left = TimeSpan.FromSeconds((double)turn / PerSecond) - Stopwatch.GetElapsedTime(_began);
            if (left > TimeSpan.Zero)
                await Task.Delay(left, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (turn > Interlocked.Read(ref _last))
                return;
            await Task.WhenAll(SendAsync(client, item, turn), Task.Delay(Fastest));
        }
    }

    private async Task SendAsync(HttpClient client, Uri item, long turn)
    {
        using var request = new HttpRequestMessage(turn % 4 == 3 ? HttpMethod.Put : HttpMethod.Get, item);
        if (request.Method == HttpMethod.Put)
        {
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Any);
            request.Content = JsonContent.Create(new { name = "Item", price = turn % 100 });
        }

        try
        {
            using var answer = await client.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            if (!answer.IsSuccessStatusCode)
                Fail(request, $"{(int)answer.StatusCode} {body}");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            Fail(request, $"{e.Message} {e.InnerException?.Message}");
        }
        Interlocked.Increment(ref _answered);
    }

    private void Fail(HttpRequestMessage request, string how) =>
        _failures.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {request.Method} {request.RequestUri}: {how}");
}
