using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Gateway.Tests;

/// <summary>
/// A replica behind the gateway: a real Kestrel. It is well until told otherwise, and counts what it is asked apart from probes.
/// </summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _requests = new();

    private Backend(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>Gets or sets a value that indicates whether it says so when probed.</summary>
    public bool IsWell { get; set; } = true;

    /// <summary>Gets the requests it got, as <c>GET /path</c>.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>
    /// Starts one that answers everything with <paramref name="answer"/>; as replicas do, it may take a request for what the gateway says
    /// it is.
    /// </summary>
    public static async Task<Backend> StartAsync(
        RequestDelegate answer,
        int port = 0,
        HttpProtocols protocols = HttpProtocols.Http1,
        bool believesGateway = false
    )
    {
        var builder = WebApplication.CreateSlimBuilder(believesGateway ? ["--ForwardedHeaders_Enabled=true"] : []);
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, port, listen => listen.Protocols = protocols));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        var app = builder.Build();
        app.UseWebSockets();
        var backend = new Backend(app);
        app.Run(context =>
        {
            if (context.Request.Path == "/health")
            {
                context.Response.StatusCode = backend.IsWell ? 200 : 503;
                return Task.CompletedTask;
            }
            backend._requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
            return answer(context);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return backend;
    }

    /// <summary>Starts one that answers with a text.</summary>
    public static Task<Backend> SayingAsync(string text, int port = 0) => StartAsync(context => context.Response.WriteAsync(text), port);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
