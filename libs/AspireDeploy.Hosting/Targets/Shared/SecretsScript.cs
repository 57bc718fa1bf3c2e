using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Writers.Shell;

namespace AspireDeploy.Targets.Shared;

/// <summary>
/// Writes <c>secrets.sh</c>, for someone who has the published folder and nothing else: it makes the secrets that can be made, asks for the
/// others, and composes from them the files that containers mount. Run again, it changes nothing. Values go through the shell's own
/// <c>printf</c>, so no process list shows one.
/// </summary>
internal static class SecretsScript
{
    /// <summary>
    /// Returns the secrets whose files would be where the script has its folder; on some machines capitals don't tell them apart.
    /// </summary>
    internal static IEnumerable<PlanError> Check(DeploymentPlan plan) =>
        plan
            .Secrets.Where(static secret => secret.Name.Equals("mounted", StringComparison.OrdinalIgnoreCase))
            .Select(static secret => new PlanError(
                $"{secret.Name}.name",
                $"\"{secret.Name}\" is the name of a folder that ./secrets.sh makes beside the secrets; rename it"
            ));

    /// <summary>Writes it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="composed">The files it composes.</param>
    /// <param name="settings">Where it reads parameters.</param>
    /// <param name="imageWithShell">An image by which a container gives files to their owners; null where no file has one.</param>
    internal static PublishedFile Write(
        DeploymentPlan plan,
        IEnumerable<ComposedSecret> composed,
        SettingsFile settings,
        ImageReference? imageWithShell
    )
    {
        var addresses = new ServiceAddresses(plan);
        var all = composed.OrderBy(static file => file.Path, StringComparer.Ordinal).ToList();
        var secrets = plan.Secrets.Select(static secret =>
            secret.Generation is { } generation
                ? string.Create(CultureInfo.InvariantCulture, $"generate {secret.Name} {generation.Length}")
                : $"ask {secret.Name} "
                    + $"{ShellText.Quote(secret.Description.Length > 0 ? secret.Description.ReplaceLineEndings(" ") : "a secret value")}"
        );
        var files = all.Select(file =>
            $"{{ {string.Join("; ", file.Content.SelectMany(part => Written(plan, addresses, part)).DefaultIfEmpty(":"))}; }} "
            + $">\"$work/new\"\nput {ShellText.Quote(file.Path)}"
            + (file.Owner is { } owner ? $"\nowners=\"$owners {owner} {file.Path}\"" : "")
        );
        string[] checks =
        [
            .. ServerPasswords.Find(plan).Select(static name => $"typed {name}"),
            .. ListItemsOf(plan).Select(static name => $"listed {name}"),
            .. imageWithShell is null ? Array.Empty<string>() : ["owners="],
        ];
        var readsSettings = all.Any(file =>
            file.Content.Any(part =>
                part.Value.Parts.Any(each =>
                    each is ParameterReference || (each is GatewayReference && plan.Gateway!.Host.AsLiteral is null)
                )
            )
        );
        var script = ScriptTemplate.Fill(
            "Shared/secrets.sh",
            (
                "GIVE_AWAY",
                imageWithShell is null ? "" : "\n" + ScriptTemplate.Fill("Shared/give-away.sh", ("IMAGE", imageWithShell.ToString()))
            ),
            ("NOTING", imageWithShell is null ? "" : ScriptTemplate.Fill("Shared/note-versions.sh", ("IMAGE", imageWithShell.ToString()))),
            (
                "OVERWRITE",
                imageWithShell is null ? "" : "    elif [ -e \"secrets/mounted/$1\" ] && is_told \"$1\"; then\n        overwrite \"$1\"\n"
            ),
            ("NOTE", imageWithShell is null ? "" : "    note \"$1\"\n"),
            (
                "NOTED",
                imageWithShell is null || all.Count == 0
                    ? ""
                    : "mv -f \"$work/noted\" secrets/.versions\nmv -f \"$work/files\" secrets/.noted\n"
            ),
            ("SETTINGS", readsSettings ? SettingReader(settings) : ""),
            ("NAME", plan.Name),
            ("SECRETS", string.Join('\n', secrets)),
            ("FILES", string.Join('\n', checks.Concat(files)))
        );
        return new("secrets.sh", script) { Mode = PublishedFileMode.Executable };
    }

    /// <summary>
    /// Returns the lines by which a script reads <c>.env</c> as Docker Compose does, and refuses what isn't read alike by all: its
    /// variables are set by <see cref="Apply"/>.
    /// </summary>
    /// <param name="escape">A line of awk that writes a <c>value</c> for what it is put into; empty: it stays as it is.</param>
    internal static string EnvironmentReader(string escape) => ReadSettings(escape) + "settings=$(read_settings)\n";

    /// <summary>
    /// Gets the lines by which a script that needs no setting itself refuses such a file, as the tools that it calls read it.
    /// </summary>
    internal static string EnvironmentCheck => ReadSettings("") + "read_settings >/dev/null\n";

    private static string ReadSettings(string escape) =>
        ScriptTemplate.Fill(
            "Shared/settings.sh",
            ("ESCAPE", escape.Length > 0 ? $"                {escape}\n" : ""),
            ("TOOLS", ToolVariables.Pattern)
        );

    /// <summary>Gets the line by which what was read becomes the script's own environment.</summary>
    internal const string Apply = "eval \"$settings\"\n";

    /// <summary>Gets the function by which a script reads a file of plain settings.</summary>
    internal static string PlainReader =>
        ScriptTemplate.Fill("Shared/settings-plain.sh", ("FILE", PlainSettings.File.Path), ("TOOLS", ToolVariables.Pattern));

    private static string SettingReader(SettingsFile settings) =>
        settings.IsQuoted
            ? EnvironmentReader("") + Apply + ScriptTemplate.Fill("Shared/setting-quoted.sh") + "\n"
            : PlainReader + "\n" + ScriptTemplate.Fill("Shared/setting-plain.sh", ("FILE", settings.Path)) + "\n";

    // The secrets that stand in a list which can't carry every value, wherever that is composed.
    private static IEnumerable<string> ListItemsOf(DeploymentPlan plan) =>
        plan
            .Workloads.SelectMany(Links.TemplatesOf)
            .SelectMany(static template => template.Value.Parts)
            .OfType<SecretReference>()
            .Where(static reference => reference.Encoding == ValueEncoding.ListItem)
            .Select(static reference => reference.Secret)
            .Distinct()
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Written(DeploymentPlan plan, ServiceAddresses addresses, ComposedPart part)
    {
        var pieces = part.Value.Parts.Select(each => Part(plan, addresses, each));
        if (part.Filter is null)
            return pieces;
        // In two goes: what fails before a pipe's end fails unseen.
        return [$"{{ {string.Join("; ", pieces.DefaultIfEmpty(":"))}; }} >\"$work/part\"", $"{part.Filter} <\"$work/part\""];
    }

    private static string Part(DeploymentPlan plan, ServiceAddresses addresses, TemplatePart part) =>
        part switch
        {
            Literal literal => $"printf %s {ShellText.Quote(literal.Text)}",
            SecretReference secret => $"value {secret.Secret}{(FilterOf(secret.Encoding) is "cat" ? "" : " " + FilterOf(secret.Encoding))}",
            EndpointReference endpoint => $"printf %s {ShellText.Quote(addresses.Resolve(endpoint))}",
            ParameterReference parameter => Chosen(plan, parameter),
            GatewayReference gateway => string.Join(
                "; ",
                GatewayParts(plan, addresses, gateway).Select(each => Part(plan, addresses, each))
            ),
            _ => throw new NotSupportedException($"{part.GetType().Name} can't be composed."),
        };

    private static string Chosen(DeploymentPlan plan, ParameterReference reference)
    {
        var setting = Setting.For(plan.Parameters.First(parameter => parameter.Name == reference.Parameter));
        return $"setting {setting.Name} {FilterOf(reference.Encoding)}{(setting.Default is { } value ? " " + ShellText.Quote(value) : "")}";
    }

    private static string FilterOf(ValueEncoding encoding) =>
        encoding switch
        {
            ValueEncoding.Uri => "encode",
            ValueEncoding.ConnectionValue => "connection",
            ValueEncoding.RedisWord => "redis",
            _ => "cat",
        };

    // The host may be a parameter: its own parts are composed where it stands.
    private static EquatableArray<TemplatePart> GatewayParts(DeploymentPlan plan, ServiceAddresses addresses, GatewayReference gateway)
    {
        const char Host = '\u0001';
        var around = addresses.Resolve(gateway, static _ => Host.ToString()).Split(Host);
        return around.Length == 1
            ? [new Literal(around[0])]
            : Template.Create([new Literal(around[0]), .. plan.Gateway!.Host.Parts, new Literal(around[1])]).Parts;
    }
}
