namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names the launch profile that a project is started with if it has one of that name.</summary>
/// <param name="launchProfileName">The profile.</param>
public sealed class DefaultLaunchProfileAnnotation(string launchProfileName) : IResourceAnnotation
{
    /// <summary>The profile.</summary>
    public string LaunchProfileName { get; } = launchProfileName ?? throw new ArgumentNullException(nameof(launchProfileName));
}
