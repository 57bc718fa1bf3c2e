using System.Reflection;

namespace AspireDeploy.Shell;

/// <summary>A script among this assembly's resources, with <c>@PLACES@</c> to fill in.</summary>
internal static class ScriptTemplate
{
    /// <summary>Fills in a script.</summary>
    /// <param name="name">Its path under <c>Targets</c>: <c>Compose/deploy.sh</c>.</param>
    /// <param name="places">What stands for each place, named without its <c>@</c>.</param>
    internal static string Fill(string name, params ReadOnlySpan<(string Place, string Text)> places)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new ArgumentException($"There is no script named {name}.", nameof(name));
        using var reader = new StreamReader(stream);
        var script = reader.ReadToEnd().ReplaceLineEndings("\n");
        foreach (var (place, text) in places) script = script.Replace($"@{place}@", text, StringComparison.Ordinal);
        return script;
    }
}
