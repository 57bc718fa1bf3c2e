using System.Net;
using AspireDeploy.Gateway.Replicas;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Model;

namespace AspireDeploy.Gateway.Tests;

/// <summary>The gateway, in this process, on free ports.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private RunningGateway(WebApplication app)
    {
        App = app;
        Client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost" },
            }
        )
        {
            BaseAddress = new Uri(app.Urls.Last()),
        };
    }

    public WebApplication App { get; }

    public HttpClient Client { get; }

    /// <summary>In front of replicas of one service, which has all paths, and knows that each is well.</summary>
    public static async Task<RunningGateway> BeforeAsync(IReadOnlyList<Backend> replicas, params string[] settings)
    {
        var gateway = await StartAsync([.. Before([.. replicas.Select(r => r.Address)]), .. settings]);
        await gateway.UntilWellAsync(replicas.Count(r => r.IsWell));
        return gateway;
    }

    /// <summary>Returns the settings of one service with all paths.</summary>
    public static string[] Before(params string[] addresses) =>
        [
            "--Gateway:Routes:0:Path=/",
            "--Gateway:Routes:0:Service=api",
            "--Gateway:Services:api:Probe=/health",
            .. addresses.Select((address, index) => $"--Gateway:Services:api:Replicas:{index}={address}"),
        ];

    public static async Task<RunningGateway> StartAsync(params string[] settings)
    {
        string[] defaults = ["--urls=http://127.0.0.1:0", "--Shutdown:DrainSeconds=0", "--Logging:LogLevel:Default=None"];
        var app = GatewayHost.Build([.. defaults, .. settings]);
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            return new(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it holds so many replicas for well, and no more.</summary>
    public async Task UntilWellAsync(int count)
    {
        var table = App.Services.GetRequiredService<ReplicaTable>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var changed = table.Changed;
            if (table.Replicas.Count(r => r.Replica.Health.Active == DestinationHealth.Healthy) == count)
                return;
            await changed.WaitAsync(limit.Token);
        }
    }

    public async Task<string> GetAsync(string path = "/") => await Client.GetStringAsync(path, TestContext.Current.CancellationToken);

    /// <summary>Sends a request. With the header <c>Transfer-Encoding: chunked</c>, its length is not told.</summary>
    public async Task<(HttpStatusCode Status, string Body)> SendAsync(
        HttpMethod method,
        string path,
        string body,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}
