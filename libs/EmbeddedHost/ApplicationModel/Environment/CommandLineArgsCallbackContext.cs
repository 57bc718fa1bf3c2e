using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a callback adds command line arguments to.</summary>
/// <param name="args">Those that are there already.</param>
/// <param name="resource">The resource that they are for.</param>
/// <param name="cancellationToken">Gives up.</param>
public sealed class CommandLineArgsCallbackContext(IList<object> args, IResource? resource, CancellationToken cancellationToken = default)
{
    /// <summary>The arguments: texts, or values that may only be known once the application runs.</summary>
    public IList<object> Args { get; } = args;

    /// <summary>The resource that they are for.</summary>
    public IResource Resource => resource ?? throw new InvalidOperationException("The arguments are for no resource.");

    /// <summary>Gives up.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What the application was started for.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; init; } = new(DistributedApplicationOperation.Run);

    /// <summary>Writes to the resource's log.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
