using System.Globalization;
using AspireDeploy.Plan;
using AspireDeploy.Shell;
using AspireDeploy.Targets.Docker;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>The scripts for someone who has the published folder and nothing else; each prints the commands that it runs.</summary>
internal static class KubernetesScripts
{
    internal static IEnumerable<PublishedFile> Write(DeploymentPlan plan, KubernetesFile file, VolumeClaims claims, PodWaits waits)
    {
        var order = StartOrder.Of(plan).SelectMany(static wave => wave).Select(workload => Line(workload, claims, waits));
        var required = plan.Parameters.Where(static parameter => parameter.Default is null).Select(static parameter => $"required {DockerSettings.NameFor(parameter.Name)}");
        var steps = plan.Workloads.Where(static workload => workload.IsStep).Select(workload => $"retry {waits.JobOf(workload)}");
        yield return Script("deploy.sh", plan, file, ("VERSION", plan.Version), ("REQUIRED", string.Join('\n', required)), ("RETRY", string.Join('\n', steps)), ("ORDER", string.Join('\n', order)));
        yield return Script("status.sh", plan, file);
        yield return Script("destroy.sh", plan, file);
    }

    private static PublishedFile Script(string name, DeploymentPlan plan, KubernetesFile file, params ReadOnlySpan<(string Place, string Text)> places) =>
        new(name, ScriptTemplate.Fill($"Kubernetes/{name}", [("NAME", plan.Name), ("NAMESPACE", file.Namespace), ("APPLICATION", file.Application), .. places])) { Mode = PublishedFileMode.Executable };

    private static string Line(Workload workload, VolumeClaims claims, PodWaits waits)
    {
        var patience = Durations.SecondsRoundedUp(waits.PatienceFor(workload));
        return workload.IsStep ? string.Create(CultureInfo.InvariantCulture, $"step {workload.Label} {waits.JobOf(workload)} {patience}")
            : string.Create(CultureInfo.InvariantCulture, $"service {workload.Label} {(claims.IsStatefulSet(workload) ? "statefulset" : "deployment")} {patience}");
    }
}
