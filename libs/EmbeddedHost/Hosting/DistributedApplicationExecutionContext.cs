namespace Aspire.Hosting;

/// <summary>What the AppHost was started for, for code that declares one thing to run and another to publish.</summary>
public class DistributedApplicationExecutionContext
{
    private readonly DistributedApplicationExecutionContextOptions _options;

    /// <summary>Creates a context for an operation.</summary>
    /// <param name="operation">The operation.</param>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
        : this(new DistributedApplicationExecutionContextOptions(operation))
    {
    }

    /// <summary>Creates a context for an operation by a named publisher.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="publisherName">The publisher, such as <c>manifest</c>.</param>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation, string publisherName)
        : this(new DistributedApplicationExecutionContextOptions(operation, publisherName))
    {
    }

    /// <summary>Creates a context.</summary>
    /// <param name="options">What it is made from.</param>
    public DistributedApplicationExecutionContext(DistributedApplicationExecutionContextOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        PublisherName = options.PublisherName ?? "manifest";
    }

    /// <summary>The operation.</summary>
    public DistributedApplicationOperation Operation => _options.Operation;

    /// <summary>The publisher's name; <c>manifest</c> if none was named.</summary>
    public string PublisherName { get; set; }

    /// <summary>Whether the application is to run on this machine.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    /// <summary>Whether the application is to be written for a deployment target.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <summary>The application's services.</summary>
    /// <exception cref="InvalidOperationException">The application is not built yet.</exception>
    public IServiceProvider Services => _options.Services
        ?? throw new InvalidOperationException("The application's services are there once it is built; read them in a callback, not while declaring.");

    /// <inheritdoc cref="Services" />
    [Obsolete("Use Services.")]
    public IServiceProvider ServiceProvider => Services;
}
