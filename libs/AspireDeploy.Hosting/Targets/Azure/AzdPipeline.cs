using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Shell;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// A file of GitHub Actions that deploys with azd in the right order, and with the same secrets each time: azd keeps those that it makes in
/// the home of whoever runs it, which is another at each run there.
/// (Azure/azure-dev, cli/azd/pkg/config/file_config_manager.go)
/// </summary>
internal static class AzdPipeline
{
    /// <summary>Gets the file.</summary>
    internal const string File = "github-actions.yml";

    internal static PublishedFile Write(DeploymentPlan plan)
    {
        var chosen = plan.Parameters.Where(static parameter => parameter.Default is null).Select(static parameter => parameter.Name);
        var names = plan.Secrets.Select(static secret => secret.Name).Concat(chosen).ToList();
        return new(
            File,
            ScriptTemplate.Fill($"Azure/{File}", ("NAME", plan.Name), ("SECRETS", names.Count == 0 ? "" : Values(plan, names)))
        );
    }

    // By a file, so that no process list shows one.
    private static string Values(DeploymentPlan plan, List<string> names)
    {
        var isSecret = plan.Secrets.Select(static secret => secret.Name).ToHashSet(StringComparer.Ordinal);
        var given = string.Join(", ", names.Select(static name => $"{AzureNames.Identifier(name)}: env.{Setting.NameFor(name)}"));
        string[] lines =
        [
            "      # azd makes no secret that it finds here. Set each once, under the repository's secrets, and keep a copy.",
            "      - run: |",
            $"          for name in {string.Join(' ', names.Select(Setting.NameFor))}; do",
            "            value=${!name}",
            "            [ -n \"$value\" ] || { echo \"$name isn't set in the repository\" >&2; exit 1; }",
            "            case $value in",
            "              *\\'* | *\\\\* | *'${'* | *$'\\n'*)",
            "                echo \"$name has a single quote, a backslash, a line break or \\${, which azd would misread: choose another\" "
                + ">&2",
            "                exit 1 ;;",
            "            esac",
            "          done",
            $"          jq -n '{{infra: {{parameters: {{{given}}}}}}}' > \".azure/$AZURE_ENV_NAME/config.json\"",
            "        env:",
            .. names
                .Select(name => (Name: Setting.NameFor(name), Of: isSecret.Contains(name) ? "secrets" : "vars"))
                .Select(static each => $"          {each.Name}: ${{{{ {each.Of}.{each.Name} }}}}"),
        ];
        return string.Join('\n', lines) + "\n";
    }
}
