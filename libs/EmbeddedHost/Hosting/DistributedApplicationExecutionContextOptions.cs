namespace Aspire.Hosting;

/// <summary>What a <see cref="DistributedApplicationExecutionContext"/> is made from.</summary>
public class DistributedApplicationExecutionContextOptions
{
    /// <summary>Creates options for an operation.</summary>
    /// <param name="operation">The operation.</param>
    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation)
    {
        Operation = operation;
    }

    /// <summary>Creates options for an operation by a named publisher.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="publisherName">The publisher, such as <c>manifest</c>.</param>
    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation, string publisherName)
    {
        Operation = operation;
        PublisherName = publisherName;
    }

    /// <summary>The operation.</summary>
    public DistributedApplicationOperation Operation { get; }

    /// <summary>The publisher's name; null if none was named.</summary>
    public string? PublisherName { get; }

    /// <summary>The application's services, once it is built.</summary>
    public IServiceProvider? Services { get; set; }

    /// <summary>The application's services, once it is built.</summary>
    [Obsolete("Use Services.")]
    public IServiceProvider? ServiceProvider
    {
        get => Services;
        set => Services = value;
    }
}
