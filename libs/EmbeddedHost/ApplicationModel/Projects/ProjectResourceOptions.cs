namespace Aspire.Hosting;

/// <summary>How a project is launched.</summary>
public class ProjectResourceOptions
{
    /// <summary>The profile that it is launched by; the AppHost's own, or its first, if null.</summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Whether it is launched without any profile.</summary>
    public bool ExcludeLaunchProfile { get; set; }
}
