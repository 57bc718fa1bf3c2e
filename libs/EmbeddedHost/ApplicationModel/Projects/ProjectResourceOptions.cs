namespace Aspire.Hosting;

/// <summary>How a project is added.</summary>
public class ProjectResourceOptions
{
    /// <summary>The launch profile; the AppHost's own, or the first that fits, if null.</summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Whether no launch profile is used.</summary>
    public bool ExcludeLaunchProfile { get; set; }

    /// <summary>Whether endpoints in the project's Kestrel settings are left alone.</summary>
    public bool ExcludeKestrelEndpoints { get; set; }
}
