using System.Net;

namespace AspireDeploy.EngineTests;

/// <summary>A browser in front of the edge, which takes the certificate of the edge's own authority.</summary>
internal sealed class EdgeClient : IDisposable
{
    private readonly HttpClient _http;

    internal EdgeClient(int port)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromSeconds(5) };
        // The authority is made by the deployment; nobody here has been told to trust it.
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate?.Issuer.Contains("Caddy Local Authority", StringComparison.Ordinal) == true;
        _http = new(handler) { BaseAddress = new Uri($"https://localhost:{port}"), Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Which replicas answer.</summary>
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

    /// <summary>Asks again and again while something happens, and tells what wasn't answered well.</summary>
    internal async Task<(int Asked, List<string> Failed)> WhileAsync(Func<Task> happens)
    {
        var (asked, failed) = (0, new List<string>());
        var happening = happens();
        while (!happening.IsCompleted)
        {
            asked++;
            try
            {
                using var answer = await _http.GetAsync(new Uri("/items", UriKind.Relative), TestContext.Current.CancellationToken);
                if (answer.StatusCode != HttpStatusCode.OK) failed.Add($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            }
            catch (HttpRequestException lost)
            {
                failed.Add(lost.Message);
            }
        }
        await happening;
        return (asked, failed);
    }

    public void Dispose() => _http.Dispose();
}
