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
        if (!files.IsFile(project))
            return null;
        // Routes know neither a query nor capitals.
        path = path.Split('?')[0];
        var own = SourceOf(project, files);
        // Whoever maps it in a service of its own isn't the template.
        if (MayServe(own, path) || !own.Contains("MapDefaultEndpoints(", StringComparison.Ordinal))
            return null;
        var references = References()
            .Matches(Text(project, files))
            .Select(reference => Absolute(project, reference.Groups[1].Value))
            .Where(files.IsFile)
            .ToLookup(file => IsShared().IsMatch(Text(file, files)));
        if (references[false].Any(other => MayServe(SourceOf(other, files), path)))
            return null;
        return references[true].FirstOrDefault(shared => MapsInDevelopmentOnly(SourceOf(shared, files), path)) is { } found
            ? Path.GetFileNameWithoutExtension(found)
            : null;
    }

    // By a route, or a controller's, which goes without the first slash.
    private static bool MayServe(string source, string path) =>
        source.Contains($"\"{path}\"", StringComparison.OrdinalIgnoreCase)
        || source.Contains($"\"{path[1..]}\"", StringComparison.OrdinalIgnoreCase)
        || source.Contains("MapHealthChecks(", StringComparison.Ordinal);

    private static bool MapsInDevelopmentOnly(string source, string path)
    {
        if (!source.Contains($"\"{path}\"", StringComparison.OrdinalIgnoreCase))
            return false;
        var all = Mappings().Count(source);
        return all > 0
            && all == Condition().Matches(source).Sum(condition => Mappings().Count(Guarded(source, condition.Index + condition.Length)));
    }

    // The statement that an if governs: a block to its closing brace, or up to the semicolon.
    private static string Guarded(string source, int start)
    {
        var depth = 0;
        for (var at = start; at < source.Length; at++)
        {
            if (source[at] == '{')
                depth++;
            if ((source[at] == '}' && --depth == 0) || (source[at] == ';' && depth == 0))
                return source[start..at];
        }
        return "";
    }

    // Without comments: what is in one isn't mapped.
    private static string SourceOf(string project, ISolutionFiles files)
    {
        var folder = Path.GetDirectoryName(project)!;
        string[] built =
        [
            Path.Combine(folder, "bin") + Path.DirectorySeparatorChar,
            Path.Combine(folder, "obj") + Path.DirectorySeparatorChar,
        ];
        return string.Join(
            '\n',
            files
                .Under(folder)
                .Where(file =>
                    file.EndsWith(".cs", StringComparison.Ordinal) && !built.Any(place => file.StartsWith(place, StringComparison.Ordinal))
                )
                .Select(file =>
                    NotCode().Replace(Text(file, files), static match => match.Groups[1].Success ? WithoutSyntax(match.Value) : "")
                )
        );
    }

    // What a literal has of braces and semicolons ends no block.
    private static string WithoutSyntax(string literal) => string.Concat(literal.Where(static letter => letter is not ('{' or '}' or ';')));

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

    // Comments, and as the group literals: raw, verbatim, of text and of a letter.
    [GeneratedRegex(
        "(\"{3,}[\\s\\S]*?\"{3,}|\\$?@\\$?\"(?:\"\"|[^\"])*\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+')"
            + "|//[^\\n]*|/\\*[\\s\\S]*?\\*/",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex NotCode();
}
