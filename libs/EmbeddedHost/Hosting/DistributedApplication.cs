using System.Runtime.ExceptionServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>An application, built from its declaration.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private bool _isDisposed;

    /// <summary>Creates an application that runs in a host.</summary>
    /// <param name="host">The host.</param>
    public DistributedApplication(IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        _host = host;
    }

    /// <summary>The application's services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Tells of the resources' states.</summary>
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Runs commands on resources, such as a restart.</summary>
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    /// <summary>Begins a declaration.</summary>
    /// <returns>A builder.</returns>
    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    /// <summary>Begins a declaration for an AppHost started with a command line.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>A builder.</returns>
    /// <exception cref="DistributedApplicationException">An option is unknown, or its value is missing.</exception>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    /// <summary>Begins a declaration.</summary>
    /// <param name="options">How the application is declared and run.</param>
    /// <returns>A builder.</returns>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    /// <summary>Starts the application; returns once every resource is on its way.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it has started.</returns>
    /// <exception cref="DistributedApplicationException">Something in the declaration or around it is wrong.</exception>
    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var eventing = Services.GetRequiredService<IDistributedApplicationEventing>();
        var context = Services.GetRequiredService<DistributedApplicationExecutionContext>();
        if (context.IsRunMode && !Services.GetRequiredService<DistributedApplicationOptions>().IsDriven)
        {
            Services.GetRequiredService<RunLock>().Take();
            Services.GetRequiredService<StopSignals>().Listen();
        }

        foreach (var subscriber in Services.GetServices<IDistributedApplicationEventingSubscriber>())
        {
            await subscriber.SubscribeAsync(eventing, context, cancellationToken).ConfigureAwait(false);
        }

        var model = Services.GetRequiredService<DistributedApplicationModel>();
        await eventing.PublishAsync(new BeforeStartEvent(Services, model), cancellationToken).ConfigureAwait(false);
        if (Services.GetRequiredService<IDistributedApplicationPipeline>() is DistributedApplicationPipeline pipeline)
        {
            var logger = Services.GetRequiredService<ILogger<DistributedApplication>>();
            await pipeline.RunBeforeStartAsync(new(model, context, Services, logger, cancellationToken)).ConfigureAwait(false);
        }

        await _host.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops the application: what depends on others first, then what they depend on.</summary>
    /// <param name="cancellationToken">Stops waiting for an orderly end.</param>
    /// <returns>A task that ends when nothing of it is left.</returns>
    public virtual Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    /// <summary>Runs the application until it is told to stop.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A task that ends when nothing of it is left.</returns>
    /// <exception cref="DistributedApplicationException">Something in the declaration or around it is wrong.</exception>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await StartAsync(cancellationToken).ConfigureAwait(false);
            await _host.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
            if (Services.GetService<PipelineRun>()?.Failure is { } failure)
            {
                ExceptionDispatchInfo.Throw(failure);
            }
        }
        catch (OperationCanceledException) when (IsStopping(cancellationToken))
        {
            // Told to stop while it was starting: what has started is stopped below.
            await _host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            await _host.StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Runs the application until it is told to stop.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Releases what the application holds; it is stopped first if it still runs.</summary>
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the application holds; it is stopped first if it still runs.</summary>
    /// <returns>A task that ends when nothing of it is left.</returns>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (!_isDisposed)
        {
            _isDisposed = true;
            if (IsRunning)
            {
                await _host.StopAsync().ConfigureAwait(false);
            }

            await ((IAsyncDisposable)_host).DisposeAsync().ConfigureAwait(false);
        }
    }

    private bool IsRunning =>
        Services.GetService<IHostApplicationLifetime>() is { ApplicationStarted.IsCancellationRequested: true, ApplicationStopped.IsCancellationRequested: false };

    private bool IsStopping(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested || Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;
}
