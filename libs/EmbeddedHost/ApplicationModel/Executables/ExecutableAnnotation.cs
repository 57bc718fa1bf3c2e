namespace Aspire.Hosting.ApplicationModel;

/// <summary>What an executable runs, and where.</summary>
public sealed class ExecutableAnnotation : IResourceAnnotation
{
    /// <summary>The program.</summary>
    public required string Command { get; set; }

    /// <summary>The directory that it runs in.</summary>
    public required string WorkingDirectory { get; set; }
}
