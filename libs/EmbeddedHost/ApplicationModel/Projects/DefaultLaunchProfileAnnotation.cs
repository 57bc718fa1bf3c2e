namespace Aspire.Hosting.ApplicationModel;

/// <summary>The profile that a project is launched by if it has it: the one that the AppHost itself was launched by.</summary>
/// <param name="launchProfileName">Its name.</param>
public sealed class DefaultLaunchProfileAnnotation(string launchProfileName) : IResourceAnnotation
{
    /// <summary>Its name.</summary>
    public string LaunchProfileName { get; } = launchProfileName;
}
