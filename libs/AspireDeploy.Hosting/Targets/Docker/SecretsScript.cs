using System.Globalization;
using AspireDeploy.Plan;
using AspireDeploy.Shell;

namespace AspireDeploy.Targets.Docker;

/// <summary>A file that the script composes from secrets.</summary>
/// <param name="Path">Under <c>secrets/mounted</c>.</param>
/// <param name="Content">What is in it.</param>
/// <param name="Owner">The user and group whose process reads it, <c>1654:1654</c>; null: whoever deploys.</param>
internal sealed record ComposedSecret(string Path, Template Content, string? Owner);

/// <summary>The file of settings that the script reads parameters from.</summary>
/// <param name="Path">Its path, in the script's folder.</param>
/// <param name="IsQuoted">Whether values may stand in quotes, which are none of theirs.</param>
internal sealed record SettingsFile(string Path, bool IsQuoted);

/// <summary>
/// Writes <c>secrets.sh</c>, for someone who has the published folder and nothing else: it makes the secrets that can be made, asks for the others, and composes from
/// them the files that containers mount. Run again, it changes nothing. Values go through the shell's own <c>printf</c>, so no process list shows one.
/// </summary>
internal static class SecretsScript
{
    /// <summary>Writes it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="composed">The files it composes.</param>
    /// <param name="settings">Where it reads parameters.</param>
    /// <param name="imageWithShell">An image by which a container gives files to their owners; null where no file has one.</param>
    internal static PublishedFile Write(DeploymentPlan plan, IEnumerable<ComposedSecret> composed, SettingsFile settings, ImageReference? imageWithShell)
    {
        var values = new DockerValues(plan);
        var secrets = plan.Secrets.Select(static secret => secret.Generation is { } generation
            ? string.Create(CultureInfo.InvariantCulture, $"generate {secret.Name} {generation.Length}")
            : $"ask {secret.Name} {ShellText.Quote(secret.Description.Length > 0 ? secret.Description.ReplaceLineEndings(" ") : "a secret value")}");
        var files = composed.OrderBy(static file => file.Path, StringComparer.Ordinal).Select(file =>
            $"{{ {string.Join("; ", file.Content.Parts.Select(part => Part(plan, values, part)).DefaultIfEmpty(":"))}; }} | put {ShellText.Quote(file.Path)}"
            + (file.Owner is { } owner ? $"\nowners=\"$owners {owner} {file.Path}\"" : ""));
        var script = ScriptTemplate.Fill("Docker/secrets.sh",
            ("GIVE_AWAY", imageWithShell is null ? "" : "\n" + ScriptTemplate.Fill("Docker/give-away.sh", ("IMAGE", imageWithShell.ToString()))),
            ("UNQUOTE", settings.IsQuoted ? "    line=${line#[\\'\\\"]}\n    line=${line%[\\'\\\"]}\n" : ""), ("SETTINGS", settings.Path),
            ("NAME", plan.Name), ("SECRETS", string.Join('\n', secrets)), ("FILES", string.Join('\n', imageWithShell is null ? files : files.Prepend("owners="))));
        return new("secrets.sh", script) { Mode = PublishedFileMode.Executable };
    }

    private static string Part(DeploymentPlan plan, DockerValues values, TemplatePart part) => part switch
    {
        Literal literal => $"printf %s {ShellText.Quote(literal.Text)}",
        SecretReference { Encoding: ValueEncoding.None } secret => $"value {secret.Secret}",
        SecretReference secret => $"value {secret.Secret} | encode",
        EndpointReference endpoint => $"printf %s {ShellText.Quote(values.Resolve(endpoint))}",
        ParameterReference { Encoding: ValueEncoding.None } parameter => Setting(values, parameter),
        ParameterReference parameter => $"{Setting(values, parameter)} | encode",
        EdgeReference edge => string.Join("; ", EdgeParts(plan, values, edge).Select(each => Part(plan, values, each))),
        _ => throw new NotSupportedException($"{part.GetType().Name} can't be composed."),
    };

    private static string Setting(DockerValues values, ParameterReference reference)
    {
        var setting = DockerSettings.Of(values.ParameterNamed(reference.Parameter));
        return $"setting {setting.Name} {ShellText.Quote(setting.Default ?? "")}";
    }

    // The host may be a parameter: its own parts are composed where it stands.
    private static EquatableArray<TemplatePart> EdgeParts(DeploymentPlan plan, DockerValues values, EdgeReference edge)
    {
        const char Host = '\u0001';
        var around = values.Resolve(edge, static _ => Host.ToString()).Split(Host);
        return around.Length == 1 ? [new Literal(around[0])] : Template.Create([new Literal(around[0]), .. plan.Edge!.Host.Parts, new Literal(around[1])]).Parts;
    }
}
