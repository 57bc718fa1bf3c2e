using System.Reflection;
using System.Text.RegularExpressions;

namespace AspireDeploy.Writers.Shell;

/// <summary>A script among this assembly's resources, with <c>@PLACES@</c> to fill in.</summary>
internal static partial class ScriptTemplate
{
    /// <summary>Fills in a script, all places at once: what is filled in isn't looked at again.</summary>
    /// <param name="name">Its path under <c>Targets</c>: <c>Compose/deploy.sh</c>.</param>
    /// <param name="places">What stands for each place, named without its <c>@</c>.</param>
    internal static string Fill(string name, params ReadOnlySpan<(string Place, string Text)> places)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new ArgumentException($"There is no script named {name}.", nameof(name));
        using var reader = new StreamReader(stream);
        var script = reader.ReadToEnd().ReplaceLineEndings("\n");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (place, text) in places)
            texts.Add(place, text);
        return Place()
            .Replace(script, match =>
                texts.TryGetValue(match.Groups["name"].Value, out var text)
                    ? text
                    : throw new ArgumentException($"{name} has the place {match.Value}, which isn't filled.", nameof(places))
            );
    }

    [GeneratedRegex("@(?<name>[A-Z_]+)@", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
