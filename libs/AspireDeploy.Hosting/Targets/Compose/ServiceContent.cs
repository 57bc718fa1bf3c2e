using System.Text.RegularExpressions;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Compose;

/// <summary>
/// The label by which <c>deploy.sh</c> sees that a service's containers are as the file declares it. Compose's own says another thing in
/// another version of Compose, which would replace what hasn't changed.
/// </summary>
internal static partial class ServiceContent
{
    private const string Label = "aspiredeploy.content";

    /// <summary>
    /// Returns the same service with its label: its name, what is declared of it, and what was chosen in <c>.env</c>, which Compose fills
    /// in.
    /// </summary>
    /// <param name="name">What it is called in the file.</param>
    /// <param name="service">The service.</param>
    internal static YamlMap Mark(string name, YamlMap service)
    {
        var text = YamlWriter.Write(service);
        var chosen = Variables()
            .Matches(text)
            .Select(static match => match.Groups["name"].Value)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(static variable => $" ${{{variable}-}}");
        var (marked, labels) = (new YamlMap(), new YamlMap());
        foreach (var entry in service)
        {
            if (entry is not { Key: "labels", Value: YamlMap own })
                marked.Add(entry.Key, entry.Value, entry.Comment, entry.Gap);
            else
                foreach (var label in own)
                    labels.Add(label.Key, label.Value, label.Comment, label.Gap);
        }
        labels.Add(Label, new YamlText($"{name} sha256-{ContentHash.Long([text])}{string.Concat(chosen)}") { Quoted = true });
        marked.Add("labels", labels);
        return marked;
    }

    // Two dollars are one that stands for itself.
    [GeneratedRegex(@"(?<!\$)(?:\$\$)*\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)")]
    private static partial Regex Variables();
}
