using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.ServiceDefaults.Shutdown;

/// <summary>
/// The first part of a server's stop. From the moment it is told to stop, <c>/health</c> is unhealthy and every answer asks its client to
/// close the connection, while requests are still accepted, for <see cref="ShutdownSettings.Drain"/>. Only then does the server stop
/// listening and wait for the requests in flight. Without this, a client that reuses an idle connection at the wrong moment finds it reset.
/// </summary>
internal sealed class Draining(ShutdownSettings settings, TimeProvider time) : IHostedLifecycleService, IHealthCheck, IStartupFilter
{
    private volatile bool _stopping;

    internal static void Add(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new Draining(
            services.GetRequiredService<ShutdownSettings>(),
            services.GetService<TimeProvider>() ?? TimeProvider.System
        ));
        builder.Services.AddHostedService(services => services.GetRequiredService<Draining>());
        builder.Services.AddSingleton<IStartupFilter>(services => services.GetRequiredService<Draining>());
        builder.Services.AddHealthChecks().Add(new("stopping", services => services.GetRequiredService<Draining>(), null, null));
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_stopping ? HealthCheckResult.Unhealthy("This replica is stopping.") : HealthCheckResult.Healthy());

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(following =>
                context =>
                {
                    // Later versions of HTTP have no such header; there the server says goodbye by itself.
                    if (_stopping && HttpProtocol.IsHttp11(context.Request.Protocol))
                        context.Response.OnStarting(AskToClose, context.Response);
                    return following(context);
                }
            );
            next(app);
        };

    // As the answer starts: an exception handler clears what was set before.
    private static Task AskToClose(object response)
    {
        ((HttpResponse)response).Headers.Connection = "close";
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        await Task.Delay(settings.Drain, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
