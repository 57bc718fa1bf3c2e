namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says that a resource waits for another before it starts.</summary>
/// <param name="resource">The other resource.</param>
/// <param name="waitType">What it waits for.</param>
/// <param name="exitCode">The exit code that the other must end with.</param>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>The other resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>What it waits for.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>What it does when the other can't become available; as the application's options say if null.</summary>
    public WaitBehavior? WaitBehavior { get; init; }

    /// <summary>The exit code that the other must end with.</summary>
    public int ExitCode { get; } = exitCode;
}
