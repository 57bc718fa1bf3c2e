using System.Globalization;
using System.Text.Json;

namespace AspireDeploy.Tests.Targets.Nomad;

/// <summary>
/// The fields and blocks that a job specification may have, as far as they are of use here, and what their values are: a field's name alone
/// is a text's, <c>#</c> after it stands for a whole number, <c>?</c> for a truth value, <c>~</c> for a duration, <c>[]</c> for a list of
/// texts, <c>{}</c> for a block. (https://developer.hashicorp.com/nomad/docs/job-specification; hashicorp/nomad 2.0, api/jobs.go, tasks.go,
/// services.go, resources.go, scaling.go, volumes, and drivers/docker/config.go: the fields that its parser reads)
/// </summary>
internal static class NomadReference
{
    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["job"] =
        [
            "type",
            "namespace",
            "datacenters[]",
            "node_pool",
            "region",
            "priority#",
            "meta{}",
            "group{}",
            "update{}",
            "constraint{}",
        ],
        ["group"] =
        [
            "count#",
            "shutdown_delay~",
            "scaling{}",
            "network{}",
            "service{}",
            "update{}",
            "restart{}",
            "reschedule{}",
            "volume{}",
            "task{}",
            "constraint{}",
            "spread{}",
            "ephemeral_disk{}",
        ],
        ["network"] = ["mode", "port{}", "hostname", "dns{}"],
        ["spread"] = ["attribute", "weight#"],
        ["port"] = ["static#", "to#", "host_network"],
        ["service"] = ["name", "provider", "port", "tags[]", "check{}", "address_mode", "canary_tags[]"],
        ["check"] =
        [
            "name",
            "type",
            "path",
            "method",
            "protocol",
            "tls_skip_verify?",
            "interval~",
            "timeout~",
            "on_update",
            "check_restart{}",
            "body",
            "header{}",
            "port",
        ],
        ["check_restart"] = ["limit#", "grace~", "ignore_warnings?"],
        ["update"] =
        [
            "max_parallel#",
            "canary#",
            "auto_promote?",
            "auto_revert?",
            "health_check",
            "min_healthy_time~",
            "healthy_deadline~",
            "progress_deadline~",
            "stagger~",
        ],
        ["restart"] = ["attempts#", "interval~", "delay~", "mode", "render_templates?"],
        ["reschedule"] = ["attempts#", "interval~", "delay~", "delay_function", "max_delay~", "unlimited?"],
        ["volume"] = ["type", "source", "access_mode", "attachment_mode", "read_only?", "sticky?", "per_alloc?", "mount_options{}"],
        ["scaling"] = ["enabled?", "min#", "max#", "policy{}"],
        ["policy"] = ["cooldown~", "evaluation_interval~", "check{}"],
        // Of a policy, which the autoscaler reads. (https://developer.hashicorp.com/nomad/tools/autoscaling/policy)
        ["policy.check"] = ["source", "query", "query_window~", "strategy{}"],
        ["strategy"] = ["target#", "threshold#", "max_scale_up#", "max_scale_down#"],
        ["task"] =
        [
            "driver",
            "user",
            "kill_timeout~",
            "kill_signal",
            "leader?",
            "lifecycle{}",
            "config{}",
            "env{}",
            "template{}",
            "volume_mount{}",
            "resources{}",
            "meta{}",
            "identity{}",
        ],
        ["lifecycle"] = ["hook", "sidecar?"],
        ["config"] =
        [
            "image",
            "ports[]",
            "entrypoint[]",
            "command",
            "args[]",
            "readonly_rootfs?",
            "cap_drop[]",
            "cap_add[]",
            "security_opt[]",
            "cpu_hard_limit?",
            "pids_limit#",
            "mount{}",
            "volumes[]",
            "auth{}",
        ],
        ["mount"] = ["type", "source", "target", "readonly?", "tmpfs_options{}", "bind_options{}", "volume_options{}"],
        ["template"] =
        [
            "destination",
            "data",
            "env?",
            "perms",
            "uid#",
            "gid#",
            "change_mode",
            "change_signal",
            "left_delimiter",
            "right_delimiter",
            "splay~",
            "wait{}",
            "error_on_missing_key?",
        ],
        ["wait"] = ["min~", "max~"],
        ["volume_mount"] = ["volume", "destination", "read_only?", "propagation_mode"],
        ["resources"] = ["cpu#", "cores#", "memory#", "memory_max#", "device{}"],
    };

    /// <summary>Returns what is in a job and not in the reference, or is something else there, with its place.</summary>
    internal static IEnumerable<string> Unknown(JsonElement job) =>
        job.EnumerateObject().SelectMany(static named => named.Value.EnumerateArray().SelectMany(body => In("job", named.Name, body)));

    /// <summary>Returns a duration as Nomad reads it: numbers with units, the largest first.</summary>
    internal static TimeSpan? Duration(string text)
    {
        var (total, number) = (TimeSpan.Zero, "");
        foreach (var letter in text.Replace("ms", "i", StringComparison.Ordinal))
        {
            if (char.IsAsciiDigit(letter))
                number += letter;
            else if (number.Length > 0 && "hmsi".Contains(letter, StringComparison.Ordinal))
            {
                var count = int.Parse(number, CultureInfo.InvariantCulture);
                (total, number) = (
                    total
                        + letter switch
                        {
                            'h' => TimeSpan.FromHours(count),
                            'm' => TimeSpan.FromMinutes(count),
                            's' => TimeSpan.FromSeconds(count),
                            _ => TimeSpan.FromMilliseconds(count),
                        },
                    ""
                );
            }
            else
                return null;
        }
        return text.Length > 0 && number.Length == 0 ? total : null;
    }

    private static IEnumerable<string> In(string block, string place, JsonElement body)
    {
        foreach (var entry in body.EnumerateObject())
        {
            var here = $"{place}.{entry.Name}";
            if (Known[block].FirstOrDefault(field => field.TrimEnd('#', '?', '~', '[', ']', '{', '}') == entry.Name) is not { } field)
                yield return here;
            else if (!Is(field[entry.Name.Length..], entry.Value))
                yield return $"{here} is {entry.Value.GetRawText()}";
            else if (
                field.EndsWith("{}", StringComparison.Ordinal)
                && (Known.ContainsKey($"{block}.{entry.Name}") ? $"{block}.{entry.Name}" : entry.Name) is var inner
                && Known.ContainsKey(inner)
            )
            {
                var bodies =
                    entry.Value.ValueKind == JsonValueKind.Array
                        ? entry.Value.EnumerateArray()
                        : entry.Value.EnumerateObject().SelectMany(static label => label.Value.EnumerateArray());
                foreach (var unknown in bodies.SelectMany(each => In(inner, here, each)))
                    yield return unknown;
            }
        }
    }

    private static bool Is(string type, JsonElement value) =>
        type switch
        {
            "" => value.ValueKind == JsonValueKind.String,
            "#" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "?" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "~" => value.ValueKind == JsonValueKind.String && Duration(value.GetString()!) is not null,
            "[]" => value.ValueKind == JsonValueKind.Array
                && value.EnumerateArray().All(static each => each.ValueKind == JsonValueKind.String),
            // A list of bodies, under its label where it has one.
            _ => value.ValueKind == JsonValueKind.Array
                ? value.EnumerateArray().All(static each => each.ValueKind == JsonValueKind.Object)
                : value.ValueKind == JsonValueKind.Object,
        };
}
