using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Docker;

/// <summary>What is the same of a service in a Compose file and in a stack.</summary>
internal static class DockerService
{
    /// <summary>A number of cores.</summary>
    internal static YamlText? Cores(decimal? cores) => cores is { } number ? new(number.ToString(CultureInfo.InvariantCulture)) { Quoted = true } : null;

    /// <summary>What stands above a service as a comment.</summary>
    internal static string Comment(Workload workload)
    {
        var kind = workload.IsJob ? "A job: runs to completion before those who wait for it start." : null;
        var made = workload.Image is BuiltImage built ? $"Made from {built.BuiltFrom}." : null;
        return string.Join(' ', new[] { kind, made }.OfType<string>()) is { Length: > 0 } comment ? comment : $"{workload.Image}.";
    }

    /// <summary>The image, or the placeholder for the setting that says which.</summary>
    internal static string Image(Workload workload) => workload.Image is BuiltImage built ? DockerSettings.PlaceholderOf(DockerSettings.ImageOf(workload, built)) : workload.Image.ToString()!;
}
