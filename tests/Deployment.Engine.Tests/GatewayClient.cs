using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace AspireDeploy.EngineTests;

/// <summary>A browser in front of the gateway, which takes the certificate of the gateway's own authority.</summary>
internal sealed class GatewayClient : IDisposable
{
    private const int Clients = 3;

    private readonly HttpClient _http;

    /// <summary>Opens one.</summary>
    /// <param name="port">The port of the gateway's HTTPS.</param>
    /// <param name="connect">Connects with where the gateway is; null: on this machine.</param>
    internal GatewayClient(int port, Func<CancellationToken, Task<Socket>>? connect = null)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromSeconds(5) };
        // The authority is made by the deployment; nobody here has been told to trust it.
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, certificate, _, _) =>
            certificate?.Issuer.Contains("Caddy Local Authority", StringComparison.Ordinal) == true;
        if (connect is not null)
            handler.ConnectCallback = async (_, cancellationToken) => new NetworkStream(await connect(cancellationToken), ownsSocket: true);
        _http = new(handler) { BaseAddress = new Uri($"https://localhost:{port}"), Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Returns which replicas answer.</summary>
    internal async Task<HashSet<string>> ReplicasAsync(int requests)
    {
        var replicas = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < requests; i++)
        {
            using var answer = await _http.GetAsync(new Uri("/items", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            replicas.UnionWith(answer.Headers.GetValues("X-Replica"));
        }
        return replicas;
    }

    /// <summary>Returns what is at a path.</summary>
    internal async Task<string> PageAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Returns how so many clients at once are answered.</summary>
    internal Task<HttpStatusCode[]> AnswersAsync(int clients, Uri path) =>
        Task.WhenAll(
            Enumerable
                .Range(0, clients)
                .Select(async _ =>
                {
                    using var answer = await _http.GetAsync(path, TestContext.Current.CancellationToken);
                    return answer.StatusCode;
                })
        );

    /// <summary>Adds an item.</summary>
    /// <returns>Where it is.</returns>
    internal async Task<Uri> AddItemAsync(string name)
    {
        using var answer = await _http.PostAsJsonAsync(
            new Uri("/items", UriKind.Relative),
            new { name, price = 1 },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return answer.Headers.Location!;
    }

    /// <summary>Deletes an item.</summary>
    internal async Task DeleteAsync(Uri item)
    {
        using var answer = await _http.DeleteAsync(item, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    /// <summary>Returns whether there is an item.</summary>
    internal async Task<bool> HasAsync(Uri item)
    {
        using var answer = await _http.GetAsync(item, TestContext.Current.CancellationToken);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>Asks again and again, as several clients, while something happens.</summary>
    /// <returns>What wasn't answered well.</returns>
    internal async Task<string[]> WhileAsync(Func<Task> happens, string path = "/items")
    {
        var happening = happens();
        var failed = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => AskAsync(happening, new(path, UriKind.Relative))));
        await happening;
        return [.. failed.SelectMany(static each => each)];
    }

    private async Task<List<string>> AskAsync(Task until, Uri path)
    {
        var failed = new List<string>();
        while (!until.IsCompleted)
        {
            try
            {
                using var answer = await _http.GetAsync(path, TestContext.Current.CancellationToken);
                if (answer.StatusCode != HttpStatusCode.OK)
                    failed.Add($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            }
            catch (Exception lost)
                when (lost is HttpRequestException
                    || (lost is TaskCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested)
                )
            {
                failed.Add(lost.Message);
            }
        }
        return failed;
    }

    public void Dispose() => _http.Dispose();
}
