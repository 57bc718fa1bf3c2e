namespace AspireDeploy.Model;

/// <summary>
/// Describes what was declared, free of any target: the one record that every target is written from. It is a value: two plans of the same
/// declaration are equal. Lists are in ordinal order of their names, so that what is written from them is the same on every run.
/// </summary>
internal sealed record DeploymentPlan
{
    /// <summary>Gets the application's name, a DNS label: <c>shop</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the version that is deployed: the tag of images made from projects.</summary>
    public string Version { get; init; } = "latest";

    /// <summary>Gets what runs, by name.</summary>
    public EquatableArray<Workload> Workloads { get; init; }

    /// <summary>Data that stays, by name.</summary>
    public EquatableArray<Volume> Volumes { get; init; }

    /// <summary>Secret values, by name.</summary>
    public EquatableArray<Secret> Secrets { get; init; }

    /// <summary>Values a person may choose, by name.</summary>
    public EquatableArray<Parameter> Parameters { get; init; }

    /// <summary>Gets where requests come in; null: nothing is served outside, but for ports that are external by themselves.</summary>
    public PublicGateway? Gateway { get; init; }

    /// <summary>Gets what is declared and isn't deployed, by name: a resource, or something of one.</summary>
    public EquatableArray<LeftOut> LeftOut { get; init; }

    /// <summary>Gets what is kept out of single targets. A target's own plan has none.</summary>
    public EquatableArray<Exclusion> Exclusions { get; init; }

    /// <summary>Gets what is kept out of the target that this plan is for.</summary>
    public EquatableArray<LeftOut> KeptOut { get; init; }

    /// <summary>Gets what the AppHost changes of a target's own objects, in the order of the declaration.</summary>
    public EquatableArray<ObjectChange> Changes { get; init; }

    /// <summary>Gets what other packages have declared of workloads and nothing here reads.</summary>
    public EquatableArray<string> Unread { get; init; }

    /// <summary>Returns what the AppHost changes of an object, in the order of the declaration.</summary>
    /// <param name="resource">The name of the workload, or of the gateway.</param>
    /// <param name="target">The kind of target.</param>
    /// <param name="kind">Which of the resource's objects; empty where it has one.</param>
    public IReadOnlyList<ObjectChange> ChangesOf(string resource, string target, string kind = "") =>
        [.. Changes.Where(change => change.Resource == resource && change.Target == target && change.Object == kind)];

    /// <summary>Returns the workload named <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is none; <see cref="PlanValidation"/> reports that beforehand.</exception>
    public Workload WorkloadNamed(string name) =>
        FindWorkload(name) ?? throw new KeyNotFoundException($"There is no workload named \"{name}\".");

    /// <summary>Returns the workload named <paramref name="name"/>, or null.</summary>
    public Workload? FindWorkload(string name)
    {
        var (low, high) = (0, Workloads.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Workloads[middle].Name, name);
            if (order == 0)
                return Workloads[middle];
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return null;
    }
}
