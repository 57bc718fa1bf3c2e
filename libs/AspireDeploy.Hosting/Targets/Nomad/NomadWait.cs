using System.Text;
using AspireDeploy.Model;
using AspireDeploy.Writers.Hcl;

namespace AspireDeploy.Targets.Nomad;

/// <summary>
/// Describes what a group waits for before its own task starts: a task before it that reads, from a script that Nomad keeps up to date,
/// where services are and which jobs have completed, and asks until all of it is so. It holds after a boot as well as at a deployment.
/// </summary>
internal sealed class NomadWait(DeploymentPlan plan, NomadNames names, NomadTemplates templates, Dictionary<string, string> jobHashes)
{
    // It says for whom it waits whenever that is another.
    private const string Waiting =
        "told=; until now=$(sh /local/ready.sh); do [ \"$now\" = \"$told\" ] || echo \"$now\" | tail -n 1; told=$now; sleep 1; done";

    internal HclBody? Write(Workload workload)
    {
        // What can't be asked is told in the report.
        var asked = workload.Dependencies.Where(dependency => CanAsk(plan.WorkloadNamed(dependency.On), dependency.Condition)).ToList();
        if (asked.Count == 0)
            return null;
        var script = new StringBuilder("set -e\n");
        foreach (var dependency in asked)
        {
            script.Append($"echo {Writers.Shell.ShellText.Quote(NomadTemplates.Escape($"waits for {dependency}"))}\n");
            script.Append(Condition(workload, dependency)).Append('\n');
        }

        return new HclBody
        {
            { "driver", "docker" },
            { "user", "65534:65534" },
            {
                ["lifecycle"],
                new HclBody { { "hook", "prestart" }, { "sidecar", false } }
            },
            {
                ["config"],
                new HclBody
                {
                    { "image", WellKnownImages.BusyBoxImage.ToString() },
                    { "command", "sh" },
                    { "args", (string[])["-c", Waiting] },
                    { "readonly_rootfs", true },
                    { "cap_drop", (string[])["all"] },
                    { "security_opt", (string[])["no-new-privileges"] },
                }
            },
            {
                ["template"],
                new HclBody
                {
                    { "destination", "local/ready.sh" },
                    { "change_mode", "noop" },
                    { "perms", "0444" },
                    { "data", script.ToString() },
                    { ["wait"], NomadTemplates.Soon },
                }
            },
            {
                ["resources"],
                new HclBody
                {
                    { "cpu", 20 },
                    { "memory", 16 },
                    { "memory_max", 32 },
                }
            },
        };
    }

    /// <summary>Returns whether there is something that can be asked of a dependency.</summary>
    internal static bool CanAsk(Workload on, DependencyCondition condition) =>
        condition == DependencyCondition.Completed
        || !on.Ports.IsEmpty && (condition == DependencyCondition.Started || PortAsked(on) is not null);

    private static (Probe Probe, Port Port)? PortAsked(Workload on) =>
        (on.Probes.Readiness ?? on.Probes.Startup) is { } probe && NomadService.PortOf(on, probe) is { } port ? (probe, port) : null;

    private string Condition(Workload workload, Dependency dependency)
    {
        var on = plan.WorkloadNamed(dependency.On);
        if (dependency.Condition == DependencyCondition.Completed)
        {
            var path = names.CompletedJobsOf(workload.Label);
            return $"{{{{ if nomadVarExists \"{path}\" }}}}"
                + NomadTemplates.With(
                    path,
                    $"case \" {{{{ .{NomadNames.KeyOf(on.Name)} }}}} \" in *\" {jobHashes[on.Name]} \"*) ;; *) false ;; esac"
                )
                + "{{ else }}false{{ end }}";
        }
        if (dependency.Condition == DependencyCondition.Started || PortAsked(on) is not { } asked)
            return templates.ForOne(on, on.Ports[0], "true", "false");
        var seconds = Durations.SecondsRoundedUp(asked.Probe.Timeout);
        return templates.ForOne(
            on,
            asked.Port,
            asked.Probe.Action is HttpProbe http
                ? $"wget -q -T {seconds} -O /dev/null {Writers.Shell.ShellText.Quote($"{asked.Port.Scheme}://")}{{{{ .Address "
                    + $"}}}}:{{{{ .Port }}}}{NomadTemplates.Escape(Writers.Shell.ShellText.Quote(http.Path))}"
                : $"nc -z -w {seconds} {{{{ .Address }}}} {{{{ .Port }}}}",
            "false"
        );
    }
}
