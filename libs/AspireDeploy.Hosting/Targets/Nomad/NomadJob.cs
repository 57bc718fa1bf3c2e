using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Hcl;

namespace AspireDeploy.Targets.Nomad;

/// <summary>
/// A workload as a job of Nomad's: a service's goes on, that of what runs to completion is a batch.
/// (https://developer.hashicorp.com/nomad/docs/job-specification)
/// </summary>
internal sealed class NomadJob(
    DeploymentPlan plan,
    NomadOptions options,
    NomadNames names,
    NomadService services,
    NomadTask tasks,
    NomadWait waits,
    NomadVolumes volumes,
    Dictionary<string, string> jobHashes
)
{
    // Nomad takes none that isn't longer than the time for which a replica must be healthy.
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(10);

    // Until every load balancer has heard that a replica is going, it goes on serving.
    private const string Drain = "5s";

    internal static string PathOf(string label) => $"{label}.nomad.hcl";

    internal PublishedFile Write(Workload workload)
    {
        // One that stops before the next one starts is missed either way: waiting only makes it longer.
        var drains = !workload.IsJob && !workload.Ports.IsEmpty && !NomadPorts.IsSingle(workload);
        var group = new HclBody { { "count", workload.IsJob ? 1 : workload.Scale.Minimum }, { "shutdown_delay", drains ? Drain : null } };
        // A client that is lost takes as few replicas with it as can be.
        if (!workload.IsJob && workload.Scale.Maximum > 1)
            group.Add(["spread"], new HclBody { { "attribute", new HclInterpolation("node.unique.id") } });
        if (workload.Scale.IsAutomatic)
            group.Add(["scaling"], Scaling(workload));
        group.Add(["network"], services.Network(workload));
        services.AddTo(group, workload);
        if (!workload.IsJob)
            group.Add(["update"], Update(workload));
        group.Add(["restart"], Restart(workload));
        group.Add(["reschedule"], Reschedule(workload));
        volumes.AddTo(group, workload);
        group.Add(["task", "wait"], waits.Write(workload));
        group.Add(["task", workload.Label], tasks.Write(workload));
        var job = new HclBody
        {
            { "type", workload.IsJob ? "batch" : "service" },
            { "namespace", options.Namespace },
            { "datacenters", (string[])["*"] },
            { ["group", workload.Label], group },
        };
        var file = Write(plan, names, workload.Name, workload.Label, job, Header(workload));
        if (workload.IsJob)
            jobHashes[workload.Name] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Content)).AsSpan(0, 4));
        return file;
    }

    /// <summary>Writes a job's file, with what the AppHost changes in it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="names">The names of jobs.</param>
    /// <param name="resource">The name of the resource that it is for.</param>
    /// <param name="label">The same as a label, which its group and its task have too.</param>
    /// <param name="job">The job as it would be written.</param>
    /// <param name="header">What stands above it.</param>
    internal static PublishedFile Write(DeploymentPlan plan, NomadNames names, string resource, string label, HclBody job, string header)
    {
        EquatableArray<PublishedChange> changes = [];
        if (plan.ChangesOf(resource, "nomad") is { Count: > 0 } declared)
        {
            var (after, members) = ChangedObject.Apply(declared, HclJson.Read(job), (before, after) => Refuse(before, after, label));
            (job, changes) = (members.IsEmpty ? job : HclJson.Change(job, after), [new(resource, $"{resource}'s job", members)]);
        }
        return new(PathOf(label), HclWriter.Write(new HclBody { { ["job", names.JobOf(label)], job } }, header)) { Changes = changes };
    }

    private static string? Refuse(JsonObject before, JsonObject after, string label) =>
        !JsonNode.DeepEquals(before["namespace"], after["namespace"])
            ? "changes namespace, which deploy.sh deploys all of it to; choose it on the target, WithNamespace(\"NAME\")"
        : HclJson.FindMisnamed(after) is { } name
            ? $"adds {JsonSerializer.Serialize(name, JsonStrings.Readable)}, which is no name in a job's file; name an argument or a block "
                + "of Nomad's"
        : after["group"] is JsonObject groups
        && groups[label] is JsonObject group
        && group["task"] is JsonObject tasks
        && tasks[label] is JsonObject
            ? null
        : $"takes group {label} with its task {label} away, which deploy.sh asks for; change what is in them";

    private static string Header(Workload workload) =>
        (
            workload.IsJob
                ? $"The job {workload.Name}: runs to completion before those who wait for it start."
                : $"The replicas of {workload.Name}."
        ) + "\nMade by publishing: change the AppHost, not this file.";

    // A new replica first means all new ones beside the old, which stop once those are healthy.
    private static HclBody Update(Workload workload)
    {
        var canary = workload.Update == UpdateOrder.StartFirst && !workload.IsStateful && !workload.Ports.Any(static port => port.External);
        var healthy = workload.ReadyTimeout > ShortestTimeout ? workload.ReadyTimeout : ShortestTimeout;
        // Nomad takes no deadline before which the old one may still be stopping.
        var timeout = healthy > workload.StopGracePeriod ? healthy : workload.StopGracePeriod;
        return new()
        {
            { "max_parallel", 1 },
            { "canary", canary ? workload.Scale.Minimum : null },
            { "auto_promote", canary ? true : null },
            { "auto_revert", true },
            { "health_check", workload.Probes is { Readiness: null, Startup: null } ? "task_states" : "checks" },
            { "min_healthy_time", "3s" },
            { "healthy_deadline", Durations.Print(healthy) },
            { "progress_deadline", Durations.Print(timeout + TimeSpan.FromMinutes(5)) },
        };
    }

    private static HclBody Restart(Workload workload) =>
        workload.Restart switch
        {
            { Mode: RestartMode.Never } => new() { { "attempts", 0 }, { "mode", "fail" } },
            _ when workload.IsJob => InPlace(workload.Restart.MaxAttempts ?? 1000, workload.JobTimeout + TimeSpan.FromHours(24)),
            // With a back-off of one's own each try is a new allocation, since a restart in place always waits the same.
            { BackOff: not null } => new() { { "attempts", 0 }, { "mode", "fail" } },
            _ => InPlace(3, TimeSpan.FromMinutes(5)),
        };

    // Nomad takes no more attempts than fit into the interval with their delays.
    private static HclBody InPlace(int attempts, TimeSpan interval)
    {
        var delays = attempts * TimeSpan.FromSeconds(5);
        return new()
        {
            { "attempts", attempts },
            { "interval", Durations.Print(interval > delays ? interval : delays) },
            { "delay", "5s" },
            { "mode", "fail" },
        };
    }

    private static HclBody Reschedule(Workload workload) =>
        workload switch
        {
            { IsJob: true } or { Restart.Mode: RestartMode.Never } => new() { { "attempts", 0 }, { "unlimited", false } },
            _ => new()
            {
                { "delay", Durations.Print(workload.Restart.BackOff?.Initial ?? TimeSpan.FromSeconds(5)) },
                { "delay_function", "exponential" },
                { "max_delay", Durations.Print(workload.Restart.BackOff?.Maximum ?? TimeSpan.FromMinutes(5)) },
                { "unlimited", true },
            },
        };

    private static HclBody Scaling(Workload workload) =>
        new()
        {
            { "enabled", true },
            { "min", workload.Scale.Minimum },
            { "max", workload.Scale.Maximum },
            {
                ["policy"],
                new HclBody
                {
                    { "cooldown", "1m" },
                    { "evaluation_interval", "15s" },
                    {
                        ["check", "cpu"],
                        new HclBody
                        {
                            { "source", "nomad-apm" },
                            { "query", "avg_cpu-allocated" },
                            {
                                ["strategy", "target-value"],
                                new HclBody { { "target", workload.Scale.CpuPercent } }
                            },
                        }
                    },
                }
            },
        };
}
