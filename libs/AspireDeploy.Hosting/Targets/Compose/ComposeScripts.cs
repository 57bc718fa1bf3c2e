using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Shell;

namespace AspireDeploy.Targets.Compose;

/// <summary>
/// The scripts for someone who has the published folder and nothing else. <c>docker compose up</c> alone would take running replicas away
/// before it runs the jobs; <c>deploy.sh</c> goes through the plan's start order instead and touches a running replica last.
/// </summary>
internal static class ComposeScripts
{
    // Seconds within which Traefik has heard of a container that is healthy or gone: Docker tells it, and it takes no more than one change
    // in two seconds.
    private const int TraefikHears = 3;

    internal static PublishedFile Deploy(DeploymentPlan plan, DockerOptions options)
    {
        var lines = StartOrder.Compute(plan).SelectMany(static wave => wave).Select(workload => Line(plan, workload, options)).ToList();
        if (options.OwnGateway(plan) is { } gateway)
            lines.Add($"gateway {gateway.Label}");
        var versions = plan
            .Workloads.Where(DockerFiles.HasSecrets)
            .Select(static workload =>
                DockerFiles.SecretsVariable(workload) is var variable
                    ? string.Create(CultureInfo.InvariantCulture, $"{variable}=$(version {workload.Label})\nexport {variable}\n")
                    : ""
            )
            .ToList();
        var writes = plan.Workloads.Any(static workload => workload.IsStateful);
        var timeout = Durations.SecondsRoundedUp(StopTimeout.For(plan)).ToString(CultureInfo.InvariantCulture);
        var project = plan.Name.ToLowerInvariant();
        var volumes = writes ? ScriptTemplate.Fill("Compose/volumes.sh", ("TIMEOUT", timeout), ("PROJECT", project)) + "\n" : "";
        var script = ScriptTemplate.Fill(
            "Compose/deploy.sh",
            ("CAUSE", ScriptTemplate.Fill("Docker/cause.sh")),
            ("LOCK", ScriptTemplate.Fill("Shared/lock.sh")),
            ("VERSIONS", versions.Count == 0 ? "" : ScriptTemplate.Fill("Compose/versions.sh") + string.Concat(versions)),
            ("VOLUMES", volumes),
            ("OVERRIDE", ScriptTemplate.Fill("Compose/override.sh")),
            ("ROTATION", plan.Secrets.IsEmpty ? "" : ScriptTemplate.Fill("Compose/rotation.sh")),
            ("TELL", plan.Secrets.IsEmpty ? "" : "    [ ! -e secrets/.rotation ] || ./rotate.sh --tell || exit 1\n"),
            ("CHECKS", DockerScripts.Checks(plan, options, $"com.docker.compose.project={project}", "")),
            ("ASK_FUNCTION", DockerScripts.Ask(plan, options, $"docker compose logs {plan.Gateway?.Label}")),
            ("PRUNE_FUNCTION", DockerScripts.PruneFunction(plan, $"com.docker.compose.project={project}")),
            ("PRUNE", DockerScripts.Prune(plan)),
            ("ASK", GatewayRequest.LineOf(plan, options.Traefik is null ? "\"$(engine_address)\"" : "''")),
            ("ALONE", writes ? "    alone \"$@\"\n" : ""),
            ("NAME", plan.Name),
            ("PROJECT", project),
            ("VERSION", plan.Version),
            ("BEGIN", DockerScripts.Begin("")),
            ("SETTINGS", SecretsScript.Apply),
            ("FOREIGN_VOLUMES", DockerScripts.ForeignVolumes(plan, options, "com.docker.stack.namespace", "Swarm stack")),
            ("ORDER", string.Join('\n', lines))
        );
        return new("deploy.sh", script) { Mode = PublishedFileMode.Executable };
    }

    internal static PublishedFile Destroy(DeploymentPlan plan) =>
        new(
            "destroy.sh",
            ScriptTemplate.Fill(
                "Compose/destroy.sh",
                ("NAME", plan.Name),
                DockerScripts.Context,
                ("SETTINGS", SecretsScript.EnvironmentCheck),
                ("LOCK", ScriptTemplate.Fill("Shared/lock.sh"))
            )
        )
        {
            Mode = PublishedFileMode.Executable,
        };

    private static string Line(DeploymentPlan plan, Workload workload, DockerOptions options)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (workload.IsJob)
        {
            var expected = plan.Workloads.SelectMany(static each => each.Dependencies)
                .FirstOrDefault(dependency => dependency.On == workload.Name)
                ?.ExitCode
                ?? 0;
            return string.Create(invariant, $"job {workload.Label} {Durations.SecondsRoundedUp(workload.JobTimeout)} {expected}");
        }
        var timeout = Durations.SecondsRoundedUp(workload.ReadyTimeout);
        return workload.Update == UpdateOrder.StartFirst && !workload.Ports.Any(static port => port.External)
            ? string.Create(
                invariant,
                $"roll {workload.Label} {workload.Scale.Minimum} "
                    + $"{timeout}{(options.TraefikOf(plan, workload) is null ? "" : $" {TraefikHears}")}"
            )
            : string.Create(invariant, $"replace {workload.Label} {timeout}{string.Concat(WrittenBy(plan, workload))}");
    }

    private static IEnumerable<string> WrittenBy(DeploymentPlan plan, Workload workload) =>
        workload
            .Mounts.Where(static mount => !mount.ReadOnly)
            .Select(static mount => mount.Volume)
            .Distinct()
            .Select(volume => $" {plan.Name.ToLowerInvariant()}_{volume}");
}
