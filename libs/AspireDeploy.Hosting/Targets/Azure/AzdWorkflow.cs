using AspireDeploy.Model;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// In which order azd deploys. By itself it deploys everything at once, or by name; as steps of <c>workflows.up</c> in <c>azure.yaml</c> it deploys one after another and stops at the first that
/// fails. (https://learn.microsoft.com/azure/developer/azure-developer-cli/azd-schema#workflow-object)
/// </summary>
internal static class AzdWorkflow
{
    /// <summary>The file that has it, in the target's folder.</summary>
    internal const string File = "workflow.yaml";

    /// <summary>What azd deploys one after another: each after what it waits for. What Azure runs by itself is there before.</summary>
    internal static IEnumerable<Workload> Order(DeploymentPlan plan, AzureContainerAppsOptions options) => StartOrder.Compute(plan).SelectMany(static wave => wave).Where(workload => !options.IsManaged(workload));

    /// <summary>The part of <c>azure.yaml</c> that says so.</summary>
    internal static string Part(DeploymentPlan plan, AzureContainerAppsOptions options) =>
        "workflows:\n  up:\n    steps:\n      - azd: provision\n" + string.Concat(Order(plan, options).Select(static workload => $"      - {Step(workload.Name)}\n"));

    internal static PublishedFile Write(DeploymentPlan plan, AzureContainerAppsOptions options) => new(File,
        "# What azure.yaml must have, so that azd deploys each resource after what it waits for, and none after one that failed.\n# Made by publishing: change the AppHost, not this file.\n" + Part(plan, options));

    /// <summary>What is wrong with an <c>azure.yaml</c>: something that isn't deployed, or before what it waits for. Null if nothing is, or if nothing waits.</summary>
    internal static PlanError? Check(string azureYaml, DeploymentPlan plan, AzureContainerAppsOptions options)
    {
        var steps = azureYaml.ReplaceLineEndings("\n").Split('\n').Select(static line => line.Trim().TrimStart('-').Trim()).ToList();
        var places = Order(plan, options).ToDictionary(static workload => workload.Name, workload => steps.IndexOf(Step(workload.Name)), StringComparer.Ordinal);
        if (!plan.Workloads.Any(workload => places.ContainsKey(workload.Name) && workload.Dependencies.Any(dependency => places.ContainsKey(dependency.On)))) return null;
        foreach (var workload in Order(plan, options))
        {
            if (places[workload.Name] < 0) return Wrong($"doesn't deploy {workload.Name} in its turn");
            if (workload.Dependencies.FirstOrDefault(dependency => places.TryGetValue(dependency.On, out var place) && place > places[workload.Name]) is { } late)
                return Wrong($"deploys {workload.Name} before {late.On}, which {workload.Name} waits for");
        }
        return null;

        PlanError Wrong(string what) => new("azure.yaml", $"{what}; let it have\n{Part(plan, options)}");
    }

    private static string Step(string name) => $"azd: deploy {name}";
}
