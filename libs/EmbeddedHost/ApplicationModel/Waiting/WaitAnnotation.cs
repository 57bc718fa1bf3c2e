using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource waits for another before it starts.</summary>
/// <param name="resource">The other.</param>
/// <param name="waitType">What for.</param>
/// <param name="exitCode">What the other must exit with, if it is waited for until it has finished.</param>
[DebuggerDisplay("{WaitType} {Resource.Name}")]
public class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>The other.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>What for.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>What the other must exit with, if it is waited for until it has finished.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What the wait does when the other has failed; the application's default if null.</summary>
    public WaitBehavior? WaitBehavior { get; init; }
}
