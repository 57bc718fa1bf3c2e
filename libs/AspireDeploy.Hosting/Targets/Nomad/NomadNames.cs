using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Nomad;

/// <summary>
/// Names of jobs, services and variables. A namespace is shared by many applications, so each begins with the application's name.
/// </summary>
internal sealed class NomadNames(DeploymentPlan plan)
{
    /// <summary>Gets the most that a service's name has: it may be a name in DNS.</summary>
    internal const int Longest = 63;

    private readonly string _application = plan.Name.ToLowerInvariant();

    internal string JobOf(string label) => $"{_application}-{label}";

    internal string ServiceOf(Workload workload, Port port) => $"{_application}-{workload.Label}-{port.Name.ToLowerInvariant()}";

    internal string VolumeOf(string volume) => $"{_application}-{NomadVolumes.LabelOf(volume)}";

    /// <summary>Returns where a job's values are; its own identity may read it, and no other job's.</summary>
    internal string VariablesOf(string label) => $"nomad/jobs/{JobOf(label)}";

    /// <summary>Returns where it stands which jobs have completed, for a job that waits for them.</summary>
    internal string CompletedJobsOf(string label) => $"nomad/jobs/{JobOf(label)}/{label}";

    /// <summary>Returns a secret's, a parameter's or a job's name in a variable: <c>POSTGRES_PASSWORD</c>.</summary>
    internal static string KeyOf(string name) => Setting.NameFor(name);
}
