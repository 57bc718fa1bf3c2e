using System.Globalization;
using System.Text;
using AspireDeploy.Model;

namespace AspireDeploy.Reports;

/// <summary>The picture of what starts before what, as a Mermaid flowchart: an arrow points from what is waited for to who waits.</summary>
internal static class StartPicture
{
    /// <summary>Draws a plan.</summary>
    public static string Draw(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var picture = new StringBuilder("flowchart LR\n");
        var nodes = plan
            .Workloads.Select(static (workload, index) => (workload.Name, Id: $"w{index}"))
            .ToDictionary(static node => node.Name, static node => node.Id);
        foreach (var workload in plan.Workloads)
        {
            var label = workload.Scale switch
            {
                { IsAutomatic: true } scale => $"{workload.Name}<br>{scale.Minimum} to {scale.Maximum}",
                { Minimum: > 1 } scale => $"{workload.Name}<br>× {scale.Minimum}",
                _ => workload.Name,
            };
            var (open, close) =
                workload.IsJob ? ("[[", "]]")
                : workload.IsStateful ? ("[(", ")]")
                : ("[", "]");
            picture.Append(CultureInfo.InvariantCulture, $"    {nodes[workload.Name]}{open}\"{label}\"{close}\n");
        }
        foreach (var workload in plan.Workloads)
        {
            foreach (var dependency in workload.Dependencies)
                picture.Append(
                    CultureInfo.InvariantCulture,
                    $"    {nodes[dependency.On]} -- {Words(dependency)} --> {nodes[workload.Name]}\n"
                );
        }
        if (plan.Gateway is not { } gateway)
            return picture.ToString();
        picture.Append(CultureInfo.InvariantCulture, $"    gateway([\"{gateway.Name}<br>{(gateway.IsHttps ? "HTTPS" : "HTTP")}\"])\n");
        foreach (var served in gateway.Routes.Select(static route => route.Workload).Distinct().Order(StringComparer.Ordinal))
            picture.Append(CultureInfo.InvariantCulture, $"    {nodes[served]} -. serves .-> gateway\n");
        return picture.ToString();
    }

    private static string Words(Dependency dependency) =>
        dependency.Condition switch
        {
            DependencyCondition.Started => "started",
            DependencyCondition.Healthy => "healthy",
            _ => dependency.ExitCode == 0
                ? "completed"
                : string.Create(CultureInfo.InvariantCulture, $"completed with {dependency.ExitCode}"),
        };
}
