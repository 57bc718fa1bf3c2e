using AspireDeploy.Model;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// In which order azd deploys. By itself it deploys everything at once, or by name; as steps of <c>workflows.up</c> in <c>azure.yaml</c> it
/// deploys one after another and stops at the first that fails.
/// (https://learn.microsoft.com/azure/developer/azure-developer-cli/azd-schema#workflow-object; Azure/azure-dev,
/// cli/azd/pkg/workflow/workflow.go)
/// </summary>
internal static class AzdWorkflow
{
    /// <summary>Gets the file that has it, in the target's folder.</summary>
    internal const string File = "workflow.yaml";

    // The first that knows workflows, and modules of the AppHost's own for containers.
    private const string Versions = "requiredVersions:\n  azd: \">= 1.20.0\"\n";

    // A mapping may take itself over.
    private const int MostMerges = 8;

    // Of azd's options those that the next word is the value of.
    private static readonly HashSet<string> WithValue =
    [
        "--cwd",
        "-C",
        "--environment",
        "-e",
        "--from-package",
        "--location",
        "-l",
        "--output",
        "-o",
        "--subscription",
        "--timeout",
    ];

    /// <summary>
    /// Returns what azd deploys one after another: each after what it waits for. What Azure runs by itself is there before.
    /// </summary>
    internal static IEnumerable<Workload> Order(DeploymentPlan plan, AzureContainerAppsOptions options) =>
        StartOrder.Compute(plan).SelectMany(static wave => wave).Where(workload => !options.IsManaged(workload));

    /// <summary>Returns the part of <c>azure.yaml</c> that says so.</summary>
    internal static string Part(DeploymentPlan plan, AzureContainerAppsOptions options) =>
        $"workflows:\n  up:\n    steps:\n      - azd: provision\n"
        + string.Concat(Order(plan, options).Select(static workload => $"      - azd: deploy {workload.Name}\n"));

    internal static PublishedFile Write(DeploymentPlan plan, AzureContainerAppsOptions options) =>
        new(
            File,
            "# What azure.yaml must have, so that azd deploys each resource after what it waits for, and none after one that "
                + "failed.\n# Made by publishing: change the AppHost, not this file.\n"
                + Versions
                + Part(plan, options)
        );

    /// <summary>
    /// Returns what is wrong with an <c>azure.yaml</c>: something that isn't deployed, or before what it waits for. Null if nothing is, or
    /// if nothing waits.
    /// </summary>
    internal static PlanError? Check(string azureYaml, DeploymentPlan plan, AzureContainerAppsOptions options)
    {
        var order = Order(plan, options).ToList();
        var names = order.Select(static workload => workload.Name).ToHashSet(StringComparer.Ordinal);
        if (!order.Any(workload => workload.Dependencies.Any(dependency => names.Contains(dependency.On))))
            return null;
        List<List<string>> steps;
        try
        {
            steps = StepsOf(azureYaml);
        }
        catch (YamlException misread)
        {
            return new("azure.yaml", $"can't be read as YAML, line {misread.Start.Line}: {misread.Message}");
        }
        var (deployed, provisions) = (new HashSet<string>(StringComparer.Ordinal), (bool?)null);
        foreach (var words in steps)
        {
            if (words is ["provision", ..] && !words.Contains("--preview"))
                provisions ??= true;
            if (words is not ["deploy", ..])
                continue;
            provisions ??= false;
            var service = ServiceOf(words);
            foreach (var workload in order.Where(workload => service is null || workload.Name == service))
            {
                var late = workload
                    .Dependencies.Select(static dependency => dependency.On)
                    .FirstOrDefault(on => names.Contains(on) && !deployed.Contains(on));
                if (late is null)
                    continue;
                // Who isn't named is deployed with all the others at once.
                return service is null || steps.All(step => step is not ["deploy", ..] || ServiceOf(step) != late)
                    ? Wrong($"doesn't deploy {late} in its turn")
                    : Wrong($"deploys {workload.Name} before {late}, which {workload.Name} waits for");
            }
            deployed.UnionWith(service is null ? names : [service]);
        }
        if (order.FirstOrDefault(workload => !deployed.Contains(workload.Name)) is { } missing)
            return Wrong($"doesn't deploy {missing.Name} in its turn");
        return provisions == true ? null : Wrong("doesn't provision before it deploys");

        PlanError Wrong(string what) => new("azure.yaml", $"{what}; let it have\n{Part(plan, options)}");
    }

    // A command is a text whose words azd parts at blanks, or stands under "command" with the words after it under "args"; the steps are a
    // list, or stand under "steps".
    private static List<List<string>> StepsOf(string azureYaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(azureYaml));
        var up = stream.Documents.Count == 0 ? null : At(At(stream.Documents[0].RootNode, "workflows"), "up");
        return (up as YamlSequenceNode ?? At(up, "steps") as YamlSequenceNode)
            ?.Children.Select(static step =>
                At(step, "azd") switch
                {
                    YamlScalarNode { Value: { } text } => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList(),
                    { } command =>
                    [
                        .. At(command, "command") is YamlScalarNode { Value: { Length: > 0 } name } ? [name] : Array.Empty<string>(),
                        .. (At(command, "args") as YamlSequenceNode)
                            ?.Children.OfType<YamlScalarNode>()
                            .Select(static word => word.Value ?? "")
                            ?? [],
                    ],
                    _ => [],
                }
            )
            .Select(WithCommandFirst)
            .ToList()
            ?? [];
    }

    // azd takes options that stand before its command, such as --debug and -C.
    private static List<string> WithCommandFirst(List<string> words)
    {
        var command = IndexOfOperand(words, from: 0);
        return command <= 0 ? words : [words[command], .. words[..command], .. words[(command + 1)..]];
    }

    // What stands under a name, or in what a mapping takes over from another ("<<").
    private static YamlNode? At(YamlNode? node, string name, int depth = 0)
    {
        if (node is not YamlMappingNode mapping || depth > MostMerges)
            return null;
        if (mapping.Children.TryGetValue(new YamlScalarNode(name), out var value))
            return value;
        if (!mapping.Children.TryGetValue(new YamlScalarNode("<<"), out var merged))
            return null;
        IEnumerable<YamlNode> others = merged is YamlSequenceNode several ? several.Children : [merged];
        return others.Select(other => At(other, name, depth + 1)).FirstOrDefault(static found => found is not null);
    }

    // Null: all of them.
    private static string? ServiceOf(List<string> words) => Operands(words).FirstOrDefault();

    /// <summary>Returns the words of a command that are neither its name, nor options, nor their values.</summary>
    internal static IEnumerable<string> Operands(IReadOnlyList<string> words)
    {
        for (var i = IndexOfOperand(words, from: 1); i >= 0; i = IndexOfOperand(words, from: i + 1))
            yield return words[i];
    }

    private static int IndexOfOperand(IReadOnlyList<string> words, int from)
    {
        for (var i = from; i < words.Count; i++)
        {
            if (WithValue.Contains(words[i]))
                i++;
            else if (!words[i].StartsWith('-'))
                return i;
        }
        return -1;
    }
}
