using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a callback that sets environment variables is given.</summary>
/// <param name="executionContext">What the AppHost was started for.</param>
/// <param name="environmentVariables">The variables set so far; none if null.</param>
/// <param name="cancellationToken">Ends the work.</param>
public class EnvironmentCallbackContext(
    DistributedApplicationExecutionContext executionContext,
    Dictionary<string, object>? environmentVariables = null,
    CancellationToken cancellationToken = default)
{
    private readonly IResource? _resource;

    /// <summary>Creates the context of a resource.</summary>
    /// <param name="executionContext">What the AppHost was started for.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="environmentVariables">The variables set so far; none if null.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public EnvironmentCallbackContext(
        DistributedApplicationExecutionContext executionContext,
        IResource resource,
        Dictionary<string, object>? environmentVariables = null,
        CancellationToken cancellationToken = default) : this(executionContext, environmentVariables, cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        _resource = resource;
    }

    /// <summary>The variables set so far: strings, or objects whose value is found out later, such as endpoints and parameters.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; } = environmentVariables ?? [];

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What the AppHost was started for.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext ?? throw new ArgumentNullException(nameof(executionContext));

    /// <summary>Writes to the log of the resource.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    /// <summary>The resource.</summary>
    /// <exception cref="InvalidOperationException">The context was made without one.</exception>
    public IResource Resource => _resource ?? throw new InvalidOperationException("This context belongs to no resource.");
}
