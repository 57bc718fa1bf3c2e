namespace Aspire.Hosting.ApplicationModel;

/// <summary>The launch profile that a project is started with: the one it was told, else the AppHost's own if it has one of that name, else its first that starts a project.</summary>
internal sealed record EffectiveLaunchProfile(string Name, LaunchProfile Profile)
{
    /// <exception cref="DistributedApplicationException">The profile that it was told isn't there, or the settings are malformed.</exception>
    public static EffectiveLaunchProfile? Of(IResource resource)
    {
        if (resource.HasAnnotationOfType<ExcludeLaunchProfileAnnotation>() || LaunchSettingsFile.Read(resource.Project(), resource.Name)?.Profiles is not { } profiles)
        {
            return resource.TryGetLastAnnotation<LaunchProfileAnnotation>(out var missing) && !resource.HasAnnotationOfType<ExcludeLaunchProfileAnnotation>()
                ? throw Unknown(resource, missing.LaunchProfileName)
                : null;
        }

        if (resource.TryGetLastAnnotation<LaunchProfileAnnotation>(out var told))
        {
            return profiles.TryGetValue(told.LaunchProfileName, out var profile) ? new(told.LaunchProfileName, profile) : throw Unknown(resource, told.LaunchProfileName);
        }

        if (resource.TryGetLastAnnotation<DefaultLaunchProfileAnnotation>(out var fallback) && profiles.TryGetValue(fallback.LaunchProfileName, out var same))
        {
            return new(fallback.LaunchProfileName, same);
        }

        return profiles.Where(p => p.Value.CommandName?.ToUpperInvariant() is null or "" or "PROJECT" or "EXECUTABLE")
            .Select(p => new EffectiveLaunchProfile(p.Key, p.Value))
            .FirstOrDefault();
    }

    private static DistributedApplicationException Unknown(IResource resource, string name) => new($"'{resource.Name}': its launch settings have no profile '{name}'.");
}
