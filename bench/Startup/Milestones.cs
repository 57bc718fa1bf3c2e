using Aspire.Hosting.Dashboard.Protocol;

namespace AspireDeploy.Bench.Startup;

/// <summary>A moment of a start, counted from the process's start.</summary>
internal sealed record Milestone(string Name, TimeSpan At);

/// <summary>What is known of the resources, and which milestones that means.</summary>
internal sealed class Milestones
{
    public const string Dcp = "DCP";
    public const string Dashboard = "dashboard answers";
    public const string Postgres = "PostgreSQL ready";
    public const string Migrator = "migrator done";
    public const string Healthy = "all healthy";

    private readonly Dictionary<string, Resource> _resources = [];
    private readonly List<Milestone> _reached = [];

    public IReadOnlyList<Milestone> Reached => _reached;

    /// <summary>What isn't healthy or done, and its state.</summary>
    public string Missing => string.Join(", ", Started.Where(resource => !IsHealthy(resource) && !IsDone(resource)).Select(resource => $"{resource.Name} is {resource.State}"));

    /// <summary>Notes a milestone, once.</summary>
    public void Note(string name, TimeSpan at)
    {
        lock (_reached)
        {
            if (!_reached.Exists(milestone => milestone.Name == name))
            {
                _reached.Add(new(name, at));
            }
        }
    }

    /// <summary>Takes in what the resource service says.</summary>
    public void Apply(WatchResourcesUpdate update, TimeSpan at)
    {
        IEnumerable<Resource> changed = update.KindCase == WatchResourcesUpdate.KindOneofCase.InitialData
            ? update.InitialData.Resources
            : update.Changes.Value.Where(change => change.Upsert is not null).Select(change => change.Upsert);
        foreach (var resource in changed)
        {
            _resources[resource.Name] = resource;
        }

        if (_resources.Values.Any(resource => resource.State == "Running"))
        {
            Note(Dcp, at);
        }

        if (All("postgres", IsHealthy))
        {
            Note(Postgres, at);
        }

        if (All("migrator", IsDone))
        {
            Note(Migrator, at);
        }

        if (All("api", IsHealthy) && Started.All(resource => IsHealthy(resource) || IsDone(resource)))
        {
            Note(Healthy, at);
        }
    }

    // What is hidden isn't started: spare replicas are there to be scaled up to.
    private IEnumerable<Resource> Visible => _resources.Values.Where(resource => !resource.IsHidden);

    // What is only published, as a deployment target is, has no state.
    private IEnumerable<Resource> Started => Visible.Where(resource => !string.IsNullOrEmpty(resource.State));

    private bool All(string name, Func<Resource, bool> holds) =>
        Visible.Where(resource => resource.DisplayName == name).ToList() is { Count: > 0 } instances && instances.TrueForAll(instance => holds(instance));

    private static bool IsHealthy(Resource resource) => resource.State == "Running" && resource.HealthReports.All(report => report.HasStatus && report.Status == HealthStatus.Healthy);

    private static bool IsDone(Resource resource) => resource.State == "Finished";
}
