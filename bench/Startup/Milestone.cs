namespace AspireDeploy.Bench.Startup;

/// <summary>A moment of a start, counted from the process's start.</summary>
internal sealed record Milestone(string Name, TimeSpan At)
{
    public const string Dashboard = "dashboard answers";
    public const string FirstReplica = "first replica answers";
    public const string AllReplicas = "three replicas answer";
}
