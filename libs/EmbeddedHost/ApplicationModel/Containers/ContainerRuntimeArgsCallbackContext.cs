namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a callback that adds arguments for the container engine is given.</summary>
/// <param name="args">The arguments added so far.</param>
/// <param name="cancellationToken">Ends the work.</param>
public sealed class ContainerRuntimeArgsCallbackContext(IList<object> args, CancellationToken cancellationToken = default)
{
    /// <summary>The arguments added so far.</summary>
    public IList<object> Args { get; } = args ?? throw new ArgumentNullException(nameof(args));

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}
