namespace Aspire.Hosting.ApplicationModel;

/// <summary>The profile that a project is launched by.</summary>
/// <param name="launchProfileName">Its name.</param>
public sealed class LaunchProfileAnnotation(string launchProfileName) : IResourceAnnotation
{
    /// <summary>Its name.</summary>
    public string LaunchProfileName { get; } = launchProfileName;
}
