using System.Text;
using System.Text.RegularExpressions;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// What a project file says of the image that the SDK makes. It is read as text, not evaluated: where it says anything of the image's base or start, nothing is taken for granted of it.
/// (https://learn.microsoft.com/dotnet/core/containers/publish-configuration)
/// </summary>
/// <param name="Assembly">The file that its process runs: <c>Api.dll</c>.</param>
/// <param name="Shell">What its base image brings that can run a script.</param>
internal sealed partial record ProjectFile(string Assembly, ImageShell Shell)
{
    internal static ProjectFile Of(string path, ISolutionFiles files)
    {
        var text = files.Under(path) is [var file, ..] ? Encoding.UTF8.GetString(files.Read(file)) : "";
        var assembly = AssemblyName().Match(text) is { Success: true } named ? named.Groups[1].Value.Trim() : Path.GetFileNameWithoutExtension(path);
        var chosen = Chosen().Matches(text).Select(static match => match.Groups[1].Value).Distinct().ToList();
        var shell = chosen switch
        {
            [] => ImageShell.Bash,
            ["ContainerFamily"] when Family().Match(text).Groups[1].Value.Contains("alpine", StringComparison.Ordinal) => ImageShell.BusyBox,
            _ => ImageShell.None,
        };
        return new(assembly + ".dll", shell);
    }

    [GeneratedRegex("<AssemblyName>([^<$]+)</AssemblyName>", RegexOptions.CultureInvariant)]
    private static partial Regex AssemblyName();

    [GeneratedRegex("<(ContainerFamily|ContainerBaseImage|ContainerEntrypoint|ContainerAppCommand|ContainerUser|PublishAot|SelfContained|PublishSingleFile|RuntimeIdentifiers?)[ >]", RegexOptions.CultureInvariant)]
    private static partial Regex Chosen();

    [GeneratedRegex("<ContainerFamily[^>]*>([^<]+)<", RegexOptions.CultureInvariant)]
    private static partial Regex Family();
}
