namespace Aspire.Hosting.Pipelines;

/// <summary>Steps in an order in which each comes after what it depends on; among those that may come next, in the order in which they were added.</summary>
internal sealed class StepGraph
{
    private readonly Dictionary<string, IReadOnlyList<string>> _dependencies;

    private StepGraph(IReadOnlyList<PipelineStep> steps, Dictionary<string, IReadOnlyList<string>> dependencies)
    {
        Steps = steps;
        _dependencies = dependencies;
    }

    public IReadOnlyList<PipelineStep> Steps { get; }

    /// <summary>Orders steps.</summary>
    /// <exception cref="DistributedApplicationException">Two have one name, one is ordered by a step that isn't there, or they depend on each other in a circle.</exception>
    public static StepGraph Of(IReadOnlyCollection<PipelineStep> steps)
    {
        var byName = new Dictionary<string, PipelineStep>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            if (!byName.TryAdd(step.Name, step))
            {
                throw new DistributedApplicationException($"Two pipeline steps are called '{step.Name}'{Owner(step)}. Give one of them another name.");
            }
        }

        var dependencies = steps.ToDictionary(s => s.Name, _ => new List<string>(), StringComparer.Ordinal);
        foreach (var step in steps)
        {
            foreach (var name in step.DependsOnSteps)
            {
                Add(dependencies, step.Name, Known(byName, step, name, "depends on"));
            }

            foreach (var name in step.RequiredBySteps)
            {
                Add(dependencies, Known(byName, step, name, "is required by"), step.Name);
            }
        }

        return new(Order(steps, byName, dependencies), dependencies.ToDictionary(d => d.Key, d => (IReadOnlyList<string>)d.Value, StringComparer.Ordinal));
    }

    /// <summary>The steps that one runs after, whoever said so.</summary>
    public IReadOnlyList<string> DependenciesOf(PipelineStep step) => _dependencies[step.Name];

    /// <summary>A step and all that it depends on.</summary>
    /// <exception cref="DistributedApplicationException">There is no such step.</exception>
    public StepGraph NeededFor(string name)
    {
        if (!_dependencies.ContainsKey(name))
        {
            throw new DistributedApplicationException($"There is no pipeline step '{name}'.{Hint(name, _dependencies.Keys)} Steps: {string.Join(", ", _dependencies.Keys.Order(StringComparer.Ordinal))}.");
        }

        var needed = new HashSet<string>(StringComparer.Ordinal) { name };
        foreach (var step in Steps.Reverse().Where(s => needed.Contains(s.Name)))
        {
            needed.UnionWith(_dependencies[step.Name]);
        }

        return new([.. Steps.Where(s => needed.Contains(s.Name))], _dependencies);
    }

    private static List<PipelineStep> Order(IEnumerable<PipelineStep> steps, Dictionary<string, PipelineStep> byName, Dictionary<string, List<string>> dependencies)
    {
        var ordered = new List<PipelineStep>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        foreach (var step in steps)
        {
            Visit(step.Name);
        }

        return ordered;

        void Visit(string name)
        {
            if (done.Contains(name))
            {
                return;
            }

            var start = path.IndexOf(name);
            path.Add(name);
            if (start >= 0)
            {
                throw new DistributedApplicationException($"Pipeline steps depend on each other in a circle, so none of them could ever run: {string.Join(" → ", path[start..])}.");
            }

            dependencies[name].ForEach(Visit);
            path.RemoveAt(path.Count - 1);
            done.Add(name);
            ordered.Add(byName[name]);
        }
    }

    private static void Add(Dictionary<string, List<string>> dependencies, string step, string dependency)
    {
        if (!dependencies[step].Contains(dependency))
        {
            dependencies[step].Add(dependency);
        }
    }

    private static string Known(Dictionary<string, PipelineStep> byName, PipelineStep step, string name, string relation) => byName.ContainsKey(name)
        ? name
        : throw new DistributedApplicationException($"Pipeline step '{step.Name}'{Owner(step)} {relation} step '{name}', which isn't there.{Hint(name, byName.Keys)}");

    private static string Owner(PipelineStep step) => step.Resource is { } resource ? $" (of resource '{resource.Name}')" : "";

    private static string Hint(string name, IEnumerable<string> known) => Spelling.Nearest(name, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";
}
