using System.Text;
using System.Text.RegularExpressions;

namespace AspireDeploy.Reading;

/// <summary>
/// Finds health endpoints that a project maps in Development only, as Aspire's template does in the project that it shares among services
/// (https://aspire.dev/fundamentals/service-defaults/). Deployed, such an endpoint answers 404. The source is read as text, not compiled:
/// where it says anything else, the endpoint is taken to be there.
/// </summary>
internal static partial class DevelopmentHealth
{
    /// <summary>Returns the shared project that maps a path in Development only; null where none does.</summary>
    /// <param name="project">The absolute path of the service's project file.</param>
    /// <param name="path">The path that is asked for: <c>/health</c>.</param>
    /// <param name="files">The solution's files.</param>
    internal static string? Find(string project, string path, ISolutionFiles files)
    {
        if (!files.IsFile(project)) return null;
        var own = SourceOf(project, files);
        // Whoever maps it in a service of its own isn't the template.
        if (own.Contains($"\"{path}\"", StringComparison.Ordinal) || !own.Contains("MapDefaultEndpoints(", StringComparison.Ordinal)) return null;
        return References().Matches(Text(project, files)).Select(reference => Absolute(project, reference.Groups[1].Value))
            .FirstOrDefault(shared => files.IsFile(shared) && IsShared().IsMatch(Text(shared, files)) && MapsInDevelopmentOnly(SourceOf(shared, files), path)) is { } found
            ? Path.GetFileNameWithoutExtension(found)
            : null;
    }

    private static bool MapsInDevelopmentOnly(string source, string path)
    {
        if (!source.Contains($"\"{path}\"", StringComparison.Ordinal)) return false;
        var all = Mappings().Count(source);
        return all > 0 && all == Condition().Matches(source).Sum(condition => Mappings().Count(Guarded(source, condition.Index + condition.Length)));
    }

    // The statement that an if governs: a block to its closing brace, or up to the semicolon.
    private static string Guarded(string source, int start)
    {
        var depth = 0;
        for (var at = start; at < source.Length; at++)
        {
            if (source[at] == '{') depth++;
            if ((source[at] == '}' && --depth == 0) || (source[at] == ';' && depth == 0)) return source[start..at];
        }
        return "";
    }

    // Without comments: what is in one isn't mapped.
    private static string SourceOf(string project, ISolutionFiles files)
    {
        var folder = Path.GetDirectoryName(project)!;
        string[] built = [Path.Combine(folder, "bin") + Path.DirectorySeparatorChar, Path.Combine(folder, "obj") + Path.DirectorySeparatorChar];
        return string.Join('\n', files.Under(folder)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && !built.Any(place => file.StartsWith(place, StringComparison.Ordinal)))
            .Select(file => Comments().Replace(Text(file, files), "$1")));
    }

    private static string Text(string file, ISolutionFiles files) => Encoding.UTF8.GetString(files.Read(file));

    private static string Absolute(string project, string reference) =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference.Replace('\\', Path.DirectorySeparatorChar)));

    [GeneratedRegex("<ProjectReference[^>]*\\sInclude=\"([^\"$]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex References();

    [GeneratedRegex("<IsAspireSharedProject>\\s*true\\s*<", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex IsShared();

    [GeneratedRegex("\\.MapHealthChecks\\s*\\(", RegexOptions.CultureInvariant)]
    private static partial Regex Mappings();

    [GeneratedRegex("\\bif\\s*\\(\\s*[\\w.]*\\bIsDevelopment\\s*\\(\\s*\\)\\s*\\)", RegexOptions.CultureInvariant)]
    private static partial Regex Condition();

    [GeneratedRegex("(\"(?:\\\\.|[^\"\\\\\\n])*\")|//[^\\n]*|/\\*[\\s\\S]*?\\*/", RegexOptions.CultureInvariant)]
    private static partial Regex Comments();
}
