namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names the launch profile that a project is started with.</summary>
/// <param name="launchProfileName">The profile.</param>
public sealed class LaunchProfileAnnotation(string launchProfileName) : IResourceAnnotation
{
    /// <summary>The profile.</summary>
    public string LaunchProfileName { get; } = launchProfileName ?? throw new ArgumentNullException(nameof(launchProfileName));
}
