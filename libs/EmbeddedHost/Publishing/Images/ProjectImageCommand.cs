using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>The .NET SDK's command that builds a project's image, without a Dockerfile.</summary>
internal static class ProjectImageCommand
{
    private static readonly (ContainerTargetPlatform Platform, string RuntimeIdentifier)[] RuntimeIdentifiers =
    [
        (ContainerTargetPlatform.LinuxAmd64, "linux-x64"),
        (ContainerTargetPlatform.LinuxArm64, "linux-arm64"),
        (ContainerTargetPlatform.LinuxArm, "linux-arm"),
        (ContainerTargetPlatform.Linux386, "linux-x86"),
        (ContainerTargetPlatform.WindowsAmd64, "win-x64"),
        (ContainerTargetPlatform.WindowsArm64, "win-arm64"),
    ];

    /// <summary>Its arguments.</summary>
    /// <param name="projectPath">The project.</param>
    /// <param name="options">How the image is built.</param>
    /// <param name="engine">The container engine that it goes to; null if it goes to a file.</param>
    public static IReadOnlyList<string> Arguments(string projectPath, ContainerBuildOptionsCallbackContext options, string? engine)
    {
        var arguments = new List<string>
        {
            "publish", projectPath, "--configuration", "Release", "--nologo", "--verbosity", "quiet", "-target:PublishContainer",
            Property("ContainerRepository", ImageName(options)), Property("ContainerImageTag", options.LocalImageTag ?? "latest"),
        };
        if (options.OutputPath is { Length: > 0 } output)
        {
            arguments.Add(Property("ContainerArchiveOutputPath", output));
        }
        else if (engine is not null)
        {
            arguments.Add(Property("LocalRegistry", engine));
        }

        if (options.ImageFormat is { } format)
        {
            arguments.Add(Property("ContainerImageFormat", format == ContainerImageFormat.Oci ? "OCI" : "Docker"));
        }

        if (options.TargetPlatform is { } platform)
        {
            string[] identifiers = [.. RuntimeIdentifiers.Where(r => platform.HasFlag(r.Platform)).Select(r => r.RuntimeIdentifier)];
            var plural = identifiers.Length > 1 ? "s" : "";

            // MSBuild takes a semicolon for the end of the property, unless it is escaped.
            var value = string.Join("%3B", identifiers);
            arguments.Add(Property($"RuntimeIdentifier{plural}", value));
            arguments.Add(Property($"ContainerRuntimeIdentifier{plural}", value));
        }

        return arguments;
    }

    /// <summary>What the image is called on this machine.</summary>
    public static string ImageName(ContainerBuildOptionsCallbackContext options) => options.LocalImageName ?? options.Resource.Name.ToLowerInvariant();

    private static string Property(string name, string value) => $"-property:{name}={value}";
}
