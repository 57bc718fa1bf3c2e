using System.Text;
using System.Text.RegularExpressions;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// Describes what a project file, and what all projects around it have in common, say of the image that the SDK makes. It is read as text,
/// not evaluated: where it says anything of the image's base or start, nothing is taken for granted of it.
/// (https://learn.microsoft.com/dotnet/core/containers/publish-configuration)
/// </summary>
/// <param name="Assembly">The file that its process runs: <c>Api.dll</c>.</param>
/// <param name="Shell">What its base image brings that can run a script.</param>
internal sealed partial record ProjectFile(string Assembly, ImageShell Shell)
{
    private static readonly string[] InCommon = ["Directory.Build.props", "Directory.Build.targets"];

    internal static ProjectFile Read(string path, ISolutionFiles files)
    {
        var text = ReadText(path, files);
        var assembly = AssemblyName().Match(text) is { Success: true } named
            ? named.Groups[1].Value.Trim()
            : Path.GetFileNameWithoutExtension(path);
        text += string.Concat(Around(path).Select(file => ReadText(file, files)));
        var chosen = Chosen().Matches(text).Select(static match => match.Groups[1].Value).Distinct().ToList();
        var shell = chosen switch
        {
            [] => ImageShell.Bash,
            ["ContainerFamily"] when Family().Match(text).Groups[1].Value.Contains("alpine", StringComparison.Ordinal) =>
                ImageShell.BusyBox,
            _ => ImageShell.None,
        };
        return new(assembly + ".dll", shell);
    }

    private static string ReadText(string path, ISolutionFiles files) =>
        files.IsFile(path) ? Encoding.UTF8.GetString(files.Read(path)) : "";

    // MSBuild takes the nearest, which may take those above it.
    private static IEnumerable<string> Around(string path)
    {
        for (var folder = Path.GetDirectoryName(path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            foreach (var name in InCommon)
                yield return Path.Combine(folder, name);
        }
    }

    [GeneratedRegex("<AssemblyName>([^<$]+)</AssemblyName>", RegexOptions.CultureInvariant)]
    private static partial Regex AssemblyName();

    [GeneratedRegex(
        "<(Container(Family|BaseImage|Entrypoint|AppCommand|User)|PublishAot|SelfContained|PublishSingleFile|RuntimeIdentifiers?)[ >]",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Chosen();

    [GeneratedRegex("<ContainerFamily[^>]*>([^<]+)<", RegexOptions.CultureInvariant)]
    private static partial Regex Family();
}
