using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Serves <see cref="DashboardResourceService"/> over HTTP/2 on the loopback, from a small server of its own, so that the AppHost's services and settings
/// stay out of it.
/// </summary>
internal sealed class ResourceServiceHost(
    IOptions<DashboardOptions> options,
    IHostEnvironment environment,
    ResourceNotificationService notifications,
    ResourceLoggerService resourceLoggers,
    ResourceCommandService commands,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers,
    TimeProvider time) : IHostedService, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
    private ResourceServiceSocket? _socket;
    private Task<WebApplication>? _server;
    private Task _reading = Task.CompletedTask;
    private bool _isDisposed;

    /// <summary>
    /// Binds the service's address and brings the server up on it in the background. Callers may connect at once: they are answered when it is up.
    /// Later calls give the same address.
    /// </summary>
    /// <exception cref="DistributedApplicationException">The configured address can't be used.</exception>
    public Uri Start()
    {
        lock (_gate)
        {
            if (_socket is null)
            {
                _socket = ResourceServiceSocket.Bind(options.Value.ResourceService, options.Value.UseFreePorts);
                // Callers that are quicker than the server wait in the queue.
                _socket.Socket.Listen();
                _server = Task.Run(() => ServeAsync(_socket));
            }

            return _socket.Address;
        }
    }

    /// <summary>Starts it, if nobody has yet, and returns when the server is up.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Start();
        await _server!.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_server is { } server)
        {
            await (await server.ConfigureAwait(false)).StopAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The services know it under two names, and dispose of it under each.
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_server is { IsCompletedSuccessfully: true } server)
        {
            await server.Result.DisposeAsync().ConfigureAwait(false);
        }

        _socket?.Socket.Dispose();
        _stopping.Dispose();
    }

    private async Task<WebApplication> ServeAsync(ResourceServiceSocket socket)
    {
        var feed = new ResourceFeed(time);
        _reading = feed.ReadAsync(notifications.WatchAsync(_stopping.Token), _stopping.Token);

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, socket));
        if (socket.Address.Scheme == Uri.UriSchemeHttps)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.Logging.AddProvider(new ForwardedLogs(loggers)).SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = _ => socket.Socket);
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new DashboardResourceService(
            DashboardApplicationName.From(options.Value.ApplicationName ?? environment.ApplicationName),
            feed,
            resourceLoggers,
            commands,
            loggers.CreateLogger<DashboardResourceService>(),
            _stopping.Token));

        var app = builder.Build();
        if (options.Value.ResourceServiceKey is { Length: > 0 } key)
        {
            app.Use(new ResourceServiceKey(key).InvokeAsync);
        }

        app.MapGrpcService<DashboardResourceService>();
        await app.StartAsync().ConfigureAwait(false);
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, ResourceServiceSocket socket) => kestrel.Listen(socket.Socket.LocalEndPoint!, listen =>
    {
        // Without TLS there is nothing to agree on a version with; gRPC needs HTTP/2.
        listen.Protocols = HttpProtocols.Http2;
        if (socket.Address.Scheme == Uri.UriSchemeHttps)
        {
            listen.UseHttps();
        }
    });

    /// <summary>Hands the inner server's warnings to the AppHost's own loggers.</summary>
    private sealed class ForwardedLogs(ILoggerFactory loggers) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => loggers.CreateLogger(categoryName);

        public void Dispose()
        {
        }
    }
}
