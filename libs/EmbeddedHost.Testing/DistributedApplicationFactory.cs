using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Runs an AppHost in tests as it stands; a derived class can look at, and change, each step on the way.</summary>
public class DistributedApplicationFactory : IDisposable, IAsyncDisposable
{
    private readonly SemaphoreSlim _once = new(1, 1);
    private readonly Type _entryPoint;
    private readonly string[] _args;
    private DistributedApplication? _application;
    private bool _isDisposed;

    /// <summary>Prepares to run an AppHost.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly, such as <c>Projects.AppHost</c>.</param>
    public DistributedApplicationFactory(Type entryPoint) : this(entryPoint, [])
    {
    }

    /// <summary>Prepares to run an AppHost.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly, such as <c>Projects.AppHost</c>.</param>
    /// <param name="args">The AppHost's command line.</param>
    public DistributedApplicationFactory(Type entryPoint, string[] args)
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        ArgumentNullException.ThrowIfNull(args);
        _entryPoint = entryPoint;
        _args = args;
    }

    private DistributedApplication Started => _application ?? throw new InvalidOperationException("The application has not been started: await StartAsync first.");

    /// <summary>Runs the AppHost's entry point and starts what it declares. Starting it again does nothing.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when every resource is on its way.</returns>
    /// <exception cref="DistributedApplicationException">Something in the declaration or around it is wrong.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await _once.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _application ??= await StartedAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _once.Release();
        }
    }

    /// <inheritdoc cref="DistributedApplicationHostingTestingExtensions.CreateHttpClient" />
    public HttpClient CreateHttpClient(string resourceName, string? endpointName = null) => Started.CreateHttpClient(resourceName, endpointName);

    /// <inheritdoc cref="DistributedApplicationHostingTestingExtensions.GetConnectionStringAsync" />
    public ValueTask<string?> GetConnectionString(string resourceName) => Started.GetConnectionStringAsync(resourceName);

    /// <inheritdoc cref="DistributedApplicationHostingTestingExtensions.GetEndpoint" />
    public Uri GetEndpoint(string resourceName, string? endpointName = null) => Started.GetEndpoint(resourceName, endpointName);

    /// <summary>Stops the application and releases it.</summary>
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the application and releases it.</summary>
    /// <returns>A task that ends when nothing of it is left.</returns>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (!_isDisposed)
        {
            _isDisposed = true;
            _once.Dispose();
            if (_application is { } application)
            {
                await application.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Called with the options before a builder is made from them.</summary>
    /// <param name="applicationOptions">How the application is declared and run.</param>
    /// <param name="hostOptions">How its host is made.</param>
    protected virtual void OnBuilderCreating(DistributedApplicationOptions applicationOptions, HostApplicationBuilderSettings hostOptions)
    {
    }

    /// <summary>Called with the builder before the AppHost declares anything.</summary>
    /// <param name="applicationBuilder">The builder.</param>
    protected virtual void OnBuilderCreated(DistributedApplicationBuilder applicationBuilder)
    {
    }

    /// <summary>Called when the AppHost has declared everything, before the application is built.</summary>
    /// <param name="applicationBuilder">The builder.</param>
    protected virtual void OnBuilding(DistributedApplicationBuilder applicationBuilder)
    {
    }

    /// <summary>Called when the application is built, before it starts.</summary>
    /// <param name="application">The application.</param>
    protected virtual void OnBuilt(DistributedApplication application)
    {
    }

    private async Task<DistributedApplication> StartedAsync(CancellationToken cancellationToken)
    {
        using var run = EntryPointRun.Begin(_entryPoint, _args, OnBuilderCreating, OnBuilderCreated);
        OnBuilding(await run.Declared.WaitAsync(cancellationToken).ConfigureAwait(false));
        var application = await run.BuildAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            OnBuilt(application);
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
            return application;
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
