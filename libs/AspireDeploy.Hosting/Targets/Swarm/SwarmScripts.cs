using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Shell;

namespace AspireDeploy.Targets.Swarm;

/// <summary>
/// The scripts for someone who has the published folder and nothing else. Swarm starts everything at once; <c>deploy.sh</c> goes through
/// the plan's start order and waits.
/// </summary>
internal static class SwarmScripts
{
    internal static PublishedFile Deploy(DeploymentPlan plan, DockerOptions options)
    {
        var lines = StartOrder.Compute(plan).SelectMany(static wave => wave).Select(workload => Line(plan, workload, options)).ToList();
        var labels = plan.Workloads.Select(static workload => workload.Label).ToList();
        if (options.OwnGateway(plan) is { } gateway)
        {
            lines.Add($"service {gateway.Label} 1 120");
            labels.Add(gateway.Label);
        }
        var versions = plan
            .Workloads.Where(DockerFiles.HasSecrets)
            .Select(static workload =>
                $"{DockerFiles.SecretsVariable(workload)}=$(version {workload.Label})\nexport {DockerFiles.SecretsVariable(workload)}"
            );
        var script = ScriptTemplate.Fill(
            "Swarm/deploy.sh",
            ("NAME", plan.Name),
            ("VERSION", plan.Version),
            ("BEGIN", DockerScripts.Begin(DockerValues.SwarmEscape)),
            ("FOREIGN_VOLUMES", DockerScripts.ForeignVolumes(plan, options, "com.docker.compose.project", "Compose project")),
            (
                "CHECKS",
                DockerScripts.Checks(plan, options, $"com.docker.stack.namespace={plan.Name.ToLowerInvariant()}", "--driver overlay ")
            ),
            ("ASK_FUNCTION", DockerScripts.Ask(plan, options, $"docker service logs {plan.Name.ToLowerInvariant()}_{plan.Gateway?.Label}")),
            ("PRUNE_FUNCTION", DockerScripts.PruneFunction(plan, $"com.docker.stack.namespace={plan.Name.ToLowerInvariant()}")),
            ("PRUNE", DockerScripts.Prune(plan)),
            ("ASK", GatewayRequest.LineOf(plan, options.Traefik is null ? "\"$(data_address)\"" : "''")),
            ("TASKS", TasksOf(plan)),
            ("TIMEOUT", StopTimeoutOf(plan)),
            ("STACK", plan.Name.ToLowerInvariant()),
            ("DATA_LABEL", SwarmNames.DataLabel(plan)),
            ("CONTENT_LABEL", SwarmNames.ContentLabel),
            ("CONTENT_VARIABLE", SwarmNames.ContentVariable),
            ("CAUSE", ScriptTemplate.Fill("Docker/cause.sh")),
            ("LOCK", ScriptTemplate.Fill("Shared/lock.sh")),
            ("SETTINGS", SecretsScript.Apply),
            ("VERSIONS", string.Join('\n', versions)),
            ("SERVICES", string.Join(' ', labels)),
            ("ORDER", string.Join('\n', lines))
        );
        return new("deploy.sh", script) { Mode = PublishedFileMode.Executable };
    }

    internal static PublishedFile Destroy(DeploymentPlan plan) =>
        new(
            "destroy.sh",
            ScriptTemplate.Fill(
                "Swarm/destroy.sh",
                ("NAME", plan.Name),
                DockerScripts.Context,
                ("LOCK", ScriptTemplate.Fill("Shared/lock.sh")),
                ("TASKS", TasksOf(plan)),
                ("TIMEOUT", StopTimeoutOf(plan)),
                ("STACK", plan.Name.ToLowerInvariant()),
                ("DATA_LABEL", SwarmNames.DataLabel(plan))
            )
        )
        {
            Mode = PublishedFileMode.Executable,
        };

    private static string TasksOf(DeploymentPlan plan) =>
        ScriptTemplate.Fill("Swarm/tasks.sh", ("STACK", plan.Name.ToLowerInvariant()), ("DATA_LABEL", SwarmNames.DataLabel(plan)));

    // Until the last replica has stopped, and the swarm has heard of it.
    private static string StopTimeoutOf(DeploymentPlan plan) =>
        Durations.SecondsRoundedUp(StopTimeout.For(plan)).ToString(CultureInfo.InvariantCulture);

    private static string Line(DeploymentPlan plan, Workload workload, DockerOptions options) =>
        workload.IsJob
            ? string.Create(CultureInfo.InvariantCulture, $"job {workload.Label} {Durations.SecondsRoundedUp(workload.JobTimeout)}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"service {workload.Label} {workload.Scale.Minimum} {ReadyWithin(plan, workload, options)}"
            );

    // The time that an update waits between two replicas counts too.
    private static string ReadyWithin(DeploymentPlan plan, Workload workload, DockerOptions options) =>
        Durations
            .SecondsRoundedUp(workload.ReadyTimeout + (SwarmService.DelayOf(plan, workload, options) ?? TimeSpan.Zero))
            .ToString(CultureInfo.InvariantCulture);
}
