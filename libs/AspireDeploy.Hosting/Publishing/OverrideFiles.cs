using AspireDeploy.Targets;

namespace AspireDeploy.Publishing;

/// <summary>Files that a person has put into a target's folder, which the published scripts apply and publishing leaves alone.</summary>
internal static class OverrideFiles
{
    /// <summary>Returns those that are there, by path.</summary>
    /// <param name="folder">The target's folder.</param>
    /// <param name="deployment">How it is deployed.</param>
    internal static IReadOnlyList<string> In(string folder, ScriptedDeployment deployment) =>
        !Directory.Exists(folder)
            ? []
            :
            [
                .. deployment
                    .Overrides.SelectMany(pattern => Matching(folder, pattern))
                    .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
                    .Order(StringComparer.Ordinal),
            ];

    private static IEnumerable<string> Matching(string folder, string pattern)
    {
        var place = Path.Combine(folder, Path.GetDirectoryName(pattern)!);
        return Directory.Exists(place) ? Directory.EnumerateFiles(place, Path.GetFileName(pattern)) : [];
    }
}
