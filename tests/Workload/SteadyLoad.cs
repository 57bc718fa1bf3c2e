using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace AspireDeploy.Workload;

/// <summary>
/// Clients of the items API that never pause for long: each keeps its connection and sends some thirty requests a second, three reads to one idempotent change. Whatever isn't answered
/// with success is a failure, and kept.
/// </summary>
public sealed class SteadyLoad : IAsyncDisposable
{
    private const int Clients = 10;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(33);

    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly List<Task> _clients;
    private int _sent;

    private SteadyLoad(Uri address) => _clients = [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(() => RunAsync(address)))];

    /// <summary>How many requests have been answered.</summary>
    public int Answered => Volatile.Read(ref _sent);

    /// <summary>The requests that failed, and how.</summary>
    public IReadOnlyList<string> Failures => [.. _failures];

    /// <summary>Starts it.</summary>
    /// <param name="address">Where the API is served. Its certificate may be of any authority.</param>
    public static SteadyLoad On(Uri address) => new(address);

    /// <summary>Waits until so many more requests have been answered.</summary>
    public Task UntilAnsweredAsync(int more, CancellationToken cancellationToken)
    {
        var goal = Answered + more;
        return Until.TrueAsync(() => Task.FromResult(Answered >= goal), TimeSpan.FromMinutes(5), () => $"Only {Answered} requests were answered. {string.Join(' ', Failures.Take(5))}", cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_clients);
        _ending.Dispose();
    }

    private async Task RunAsync(Uri address)
    {
        // Whose certificate it is makes no difference to whether a request is lost.
        using var handler = new SocketsHttpHandler { UseProxy = false, SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null } };
        using var client = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(100) };
        if (await CreateAsync(client) is not { } item) return;
        for (var turn = 0; !_ending.IsCancellationRequested; turn++)
        {
            var began = Stopwatch.GetTimestamp();
            await SendAsync(client, item, turn);
            var left = Pace - Stopwatch.GetElapsedTime(began);
            if (left > TimeSpan.Zero) await Task.Delay(left);
        }
    }

    // Each client has an item of its own, so that none undoes another's change.
    private async Task<Uri?> CreateAsync(HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync("/items", new { name = "Item", price = 1 });
        if (answer.IsSuccessStatusCode) return answer.Headers.Location;
        _failures.Enqueue($"POST /items: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return null;
    }

    private async Task SendAsync(HttpClient client, Uri item, int turn)
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
            if (!answer.IsSuccessStatusCode) Fail(request, $"{(int)answer.StatusCode} {body}");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            Fail(request, $"{e.Message} {e.InnerException?.Message}");
        }
        Interlocked.Increment(ref _sent);
    }

    private void Fail(HttpRequestMessage request, string how) => _failures.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {request.Method} {request.RequestUri}: {how}");
}
