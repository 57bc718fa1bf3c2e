using System.Text.Json;

namespace AspireDeploy.Tests.Targets.Nomad;

/// <summary>The fields and blocks that the job specification's reference has, as far as they are of use here. (https://developer.hashicorp.com/nomad/docs/job-specification)</summary>
internal static class NomadReference
{
    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["job"] = ["type", "namespace", "datacenters", "node_pool", "region", "priority", "meta", "group", "update", "constraint"],
        ["group"] = ["count", "shutdown_delay", "scaling", "network", "service", "update", "restart", "reschedule", "volume", "task", "constraint", "spread", "ephemeral_disk"],
        ["network"] = ["mode", "port", "hostname", "dns"],
        ["port"] = ["static", "to", "host_network"],
        ["service"] = ["name", "provider", "port", "tags", "check", "address_mode", "canary_tags"],
        ["check"] = ["name", "type", "path", "method", "protocol", "tls_skip_verify", "interval", "timeout", "on_update", "check_restart", "body", "header", "port", "source", "query", "strategy"],
        ["check_restart"] = ["limit", "grace", "ignore_warnings"],
        ["update"] = ["max_parallel", "canary", "auto_promote", "auto_revert", "health_check", "min_healthy_time", "healthy_deadline", "progress_deadline", "stagger"],
        ["restart"] = ["attempts", "interval", "delay", "mode", "render_templates"],
        ["reschedule"] = ["attempts", "interval", "delay", "delay_function", "max_delay", "unlimited"],
        ["volume"] = ["type", "source", "access_mode", "attachment_mode", "read_only", "sticky", "per_alloc", "mount_options"],
        ["scaling"] = ["enabled", "min", "max", "policy"],
        ["policy"] = ["cooldown", "evaluation_interval", "check"],
        ["strategy"] = ["target", "threshold", "max_scale_up", "max_scale_down"],
        ["task"] = ["driver", "user", "kill_timeout", "kill_signal", "leader", "lifecycle", "config", "env", "template", "volume_mount", "resources", "meta", "identity"],
        ["lifecycle"] = ["hook", "sidecar"],
        ["config"] = ["image", "ports", "entrypoint", "command", "args", "readonly_rootfs", "cap_drop", "cap_add", "security_opt", "cpu_hard_limit", "mount", "volumes", "auth"],
        ["mount"] = ["type", "source", "target", "readonly", "tmpfs_options", "bind_options", "volume_options"],
        ["template"] = ["destination", "data", "env", "perms", "uid", "gid", "change_mode", "change_signal", "left_delimiter", "right_delimiter", "splay", "error_on_missing_key"],
        ["volume_mount"] = ["volume", "destination", "read_only", "propagation_mode"],
        ["resources"] = ["cpu", "cores", "memory", "memory_max", "device"],
    };

    /// <summary>What is in a job and not in the reference, with its place.</summary>
    internal static IEnumerable<string> Unknown(JsonElement job) => job.EnumerateObject().SelectMany(static named => named.Value.EnumerateArray().SelectMany(body => In("job", named.Name, body)));

    private static IEnumerable<string> In(string block, string place, JsonElement body)
    {
        foreach (var entry in body.EnumerateObject())
        {
            var here = $"{place}.{entry.Name}";
            if (!Known[block].Contains(entry.Name)) yield return here;
            // A field may have a block's name: a service's port is one of its group's.
            IEnumerable<JsonElement> bodies = entry.Value.ValueKind switch
            {
                _ when !Known.ContainsKey(entry.Name) => [],
                JsonValueKind.Object => entry.Value.EnumerateObject().SelectMany(static label => label.Value.EnumerateArray()),
                JsonValueKind.Array => entry.Value.EnumerateArray().Where(static each => each.ValueKind == JsonValueKind.Object),
                _ => [],
            };
            foreach (var unknown in bodies.SelectMany(each => In(entry.Name, here, each))) yield return unknown;
        }
    }
}
