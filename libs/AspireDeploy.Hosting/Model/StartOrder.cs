namespace AspireDeploy.Model;

/// <summary>Describes what starts before what.</summary>
internal static class StartOrder
{
    /// <summary>
    /// Returns the workloads in waves: those of a wave may start together, once what they wait for in earlier waves is so. Names in ordinal
    /// order within a wave. A dependency on something the plan doesn't have counts for nothing.
    /// </summary>
    /// <exception cref="ArgumentException">Some wait for each other in a circle; <see cref="PlanValidation"/> reports that
    /// beforehand.</exception>
    public static IReadOnlyList<IReadOnlyList<Workload>> Compute(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (waves, circle) = Sort(plan);
        return circle.Count == 0
            ? waves
            : throw new ArgumentException($"These wait for each other: {string.Join(", ", circle)}.", nameof(plan));
    }

    /// <summary>Returns those that can never start, as they wait for each other or for one that does; in ordinal order.</summary>
    internal static IReadOnlyList<string> NeverStarting(DeploymentPlan plan) => Sort(plan).NeverStarting;

    private static (IReadOnlyList<IReadOnlyList<Workload>> Waves, IReadOnlyList<string> NeverStarting) Sort(DeploymentPlan plan)
    {
        var byName = new Dictionary<string, Workload>(StringComparer.Ordinal);
        foreach (var workload in plan.Workloads)
            byName.TryAdd(workload.Name, workload);
        var waitingFor = byName.Values.ToDictionary(
            static workload => workload.Name,
            workload => workload.Dependencies.Select(static dependency => dependency.On).Where(byName.ContainsKey).Distinct().Count()
        );
        var dependants = byName
            .Values.SelectMany(static workload =>
                workload.Dependencies.Select(static dependency => dependency.On).Distinct().Select(on => (on, workload.Name))
            )
            .ToLookup(static pair => pair.on, static pair => pair.Name);

        var waves = new List<IReadOnlyList<Workload>>();
        var wave = waitingFor.Where(static entry => entry.Value == 0).Select(static entry => entry.Key).ToList();
        var started = 0;
        while (wave.Count > 0)
        {
            wave.Sort(StringComparer.Ordinal);
            waves.Add([.. wave.Select(name => byName[name])]);
            started += wave.Count;
            var next = new List<string>();
            foreach (var name in wave)
            {
                waitingFor.Remove(name);
                foreach (var dependant in dependants[name])
                {
                    if (--waitingFor[dependant] == 0)
                        next.Add(dependant);
                }
            }
            wave = next;
        }
        return (waves, started == byName.Count ? [] : [.. waitingFor.Keys.Order(StringComparer.Ordinal)]);
    }
}
