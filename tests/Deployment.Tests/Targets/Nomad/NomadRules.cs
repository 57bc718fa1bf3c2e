using System.Text.Json;
using System.Text.RegularExpressions;

namespace AspireDeploy.Tests.Targets.Nomad;

/// <summary>
/// Describes what <c>nomad job validate</c> refuses beside what isn't in the reference, for what is written here. Each rule is one of
/// hashicorp/nomad 2.0, nomad/structs: the method that says it stands above it.
/// </summary>
internal static partial class NomadRules
{
    /// <summary>Returns what of a job is refused.</summary>
    internal static IEnumerable<string> Broken(JsonElement job)
    {
        var (name, body) = job.EnumerateObject().Select(static each => (each.Name, each.Value.EnumerateArray().Single())).Single();
        var batch = Text(body, "type") == "batch";
        // Job.Validate
        if (name.Contains(' ', StringComparison.Ordinal))
            yield return $"{name}: a space";
        if (Texts(body, "datacenters").Count == 0)
            yield return $"{name}: no datacenter";
        foreach (var (label, group) in Labelled(body, "group"))
        {
            foreach (var broken in Group(group, batch))
                yield return $"{name}.{label}: {broken}";
        }
    }

    private static IEnumerable<string> Group(JsonElement group, bool batch)
    {
        var tasks = Labelled(group, "task").ToList();
        // TaskGroup.Validate
        if (tasks.All(static task => task.Body.TryGetProperty("lifecycle", out _)))
            yield return "no main task";
        if (batch && group.TryGetProperty("update", out _))
            yield return "an update of a batch";
        var ports = Bodies(group, "network").SelectMany(static network => Labelled(network, "port")).ToList();
        foreach (
            var broken in Network(ports)
                .Concat(Services(group, [.. ports.Select(static port => port.Label)]))
                .Concat(Restart(group, batch))
                .Concat(Reschedule(group))
                .Concat(Volumes(group))
                .Concat(Scaling(group))
        )
            yield return broken;
        var deadline = TimeSpan.MaxValue;
        foreach (var update in Bodies(group, "update"))
        {
            deadline = Duration(update, "progress_deadline", TimeSpan.FromMinutes(10));
            foreach (var broken in Update(update, deadline))
                yield return broken;
        }
        foreach (var (label, task) in tasks)
        {
            foreach (var broken in Task(label, task, group, deadline))
                yield return $"{label}: {broken}";
        }
    }

    // TaskGroup.validateNetworks
    private static IEnumerable<string> Network(List<(string Label, JsonElement Body)> ports)
    {
        if (ports.Any(static port => Number(port.Body, "to") > ushort.MaxValue || Number(port.Body, "static") > ushort.MaxValue))
            yield return "a port above 65535";
        foreach (
            var group in ports
                .Where(static port => Number(port.Body, "static") > 0)
                .GroupBy(static port => (Text(port.Body, "host_network"), Number(port.Body, "static")))
                .Where(static group => group.Count() > 1)
        )
            yield return $"two static ports {group.Key}";
    }

    // Service.Validate, ServiceCheck.validateCommon and validateNomad, TaskGroup.validateServices
    private static IEnumerable<string> Services(JsonElement group, string[] ports)
    {
        var services = Bodies(group, "service").ToList();
        if (services.GroupBy(static service => (Text(service, "name"), Text(service, "port"))).Any(static same => same.Count() > 1))
            yield return "a service twice";
        foreach (var service in services)
        {
            if (!ServiceName().IsMatch(Text(service, "name")!))
                yield return $"the service's name {Text(service, "name")}";
            if (!ports.Contains(Text(service, "port")))
                yield return $"the service's port {Text(service, "port")}";
            if (Text(service, "provider") != "nomad")
                yield return "a service of Consul";
            foreach (var check in Bodies(service, "check"))
            {
                var (type, path, update) = (Text(check, "type"), Text(check, "path"), Text(check, "on_update") ?? "require_healthy");
                if (type is not ("tcp" or "http"))
                    yield return $"a check of type {type}";
                if (type == "http" && (path is null || !path.StartsWith('/')))
                    yield return $"a check of path {path}";
                if (
                    Duration(check, "interval", TimeSpan.Zero) < TimeSpan.FromSeconds(1)
                    || Duration(check, "timeout", TimeSpan.Zero) < TimeSpan.FromSeconds(1)
                )
                    yield return "a check under a second";
                if (update is not ("require_healthy" or "ignore"))
                    yield return $"on_update {update}";
                foreach (var restart in Bodies(check, "check_restart"))
                {
                    if (update == "ignore")
                        yield return "check_restart where on_update is ignore";
                    if (Number(restart, "limit") < 0 || Truth(restart, "ignore_warnings"))
                        yield return "check_restart as Consul's";
                }
            }
        }
    }

    // UpdateStrategy.Validate; where a time isn't given, api/tasks.go, DefaultUpdateStrategy
    private static IEnumerable<string> Update(JsonElement update, TimeSpan progress)
    {
        var (healthy, least) = (
            Duration(update, "healthy_deadline", TimeSpan.FromMinutes(5)),
            Duration(update, "min_healthy_time", TimeSpan.FromSeconds(10))
        );
        if ((Text(update, "health_check") ?? "checks") is not ("checks" or "task_states" or "manual"))
            yield return "health_check";
        if (least >= healthy)
            yield return "min_healthy_time beyond healthy_deadline";
        if (healthy >= progress)
            yield return "healthy_deadline beyond progress_deadline";
        if (Truth(update, "auto_promote") && Number(update, "canary") < 1)
            yield return "auto_promote without a canary";
    }

    // RestartPolicy.Validate; where a time isn't given, api/tasks.go, defaultServiceJobRestartPolicy and defaultBatchJobRestartPolicy
    private static IEnumerable<string> Restart(JsonElement group, bool batch)
    {
        foreach (var restart in Bodies(group, "restart"))
        {
            var (attempts, interval, mode) = (
                Number(restart, "attempts"),
                Duration(restart, "interval", batch ? TimeSpan.FromHours(24) : TimeSpan.FromMinutes(30)),
                Text(restart, "mode")
            );
            if (mode is not ("fail" or "delay") || (attempts == 0 && mode != "fail"))
                yield return $"restart mode {mode} with {attempts} attempts";
            if (interval < TimeSpan.FromSeconds(5))
                yield return "restart interval under 5 s";
            if (attempts * Duration(restart, "delay", TimeSpan.FromSeconds(15)) > interval)
                yield return "restart attempts beyond their interval";
        }
    }

    // ReschedulePolicy.Validate; where a time isn't given, api/tasks.go, NewDefaultReschedulePolicy
    private static IEnumerable<string> Reschedule(JsonElement group)
    {
        foreach (var reschedule in Bodies(group, "reschedule"))
        {
            if (Number(reschedule, "attempts") > 0)
                yield return "reschedule with attempts";
            if (!Truth(reschedule, "unlimited"))
                continue;
            var (delay, most) = (
                Duration(reschedule, "delay", TimeSpan.FromSeconds(30)),
                Duration(reschedule, "max_delay", TimeSpan.FromHours(1))
            );
            if (delay < TimeSpan.FromSeconds(5))
                yield return "reschedule delay under 5 s";
            if (Text(reschedule, "delay_function") is not ("constant" or "exponential" or "fibonacci"))
                yield return "delay_function";
            if (most < delay)
                yield return "max_delay under delay";
        }
    }

    // VolumeRequest.Validate
    private static IEnumerable<string> Volumes(JsonElement group)
    {
        foreach (var (label, volume) in Labelled(group, "volume"))
        {
            if (Text(volume, "type") is not ("host" or "csi") || string.IsNullOrEmpty(Text(volume, "source")))
                yield return $"volume {label}";
            if (Text(volume, "access_mode") != "single-node-writer")
                yield return $"access_mode of volume {label}";
            if (Text(volume, "type") == "csi" && (Text(volume, "attachment_mode") is null || Number(group, "count") > 1))
                yield return $"volume {label} of CSI";
        }
    }

    // ScalingPolicy.Validate, TaskGroup.validateScalingPolicy
    private static IEnumerable<string> Scaling(JsonElement group) =>
        Bodies(group, "scaling")
            .Where(scaling => Number(scaling, "max") < Number(group, "count") || Number(group, "count") < Number(scaling, "min"))
            .Select(static _ => "a count beyond its scaling");

    // Task.Validate, Resources.Validate, TaskLifecycleConfig.Validate, VolumeMount.Validate
    private static IEnumerable<string> Task(string label, JsonElement task, JsonElement group, TimeSpan deadline)
    {
        if (label == "alloc" || label.AsSpan().ContainsAny('/', '\\'))
            yield return "the name";
        if (Text(task, "driver") is null)
            yield return "no driver";
        if (Duration(task, "kill_timeout", TimeSpan.FromSeconds(5)) > deadline)
            yield return "kill_timeout beyond progress_deadline";
        foreach (var lifecycle in Bodies(task, "lifecycle"))
        {
            if (Text(lifecycle, "hook") is not ("prestart" or "poststart" or "poststop"))
                yield return "hook";
        }
        var resources = Bodies(task, "resources").Single();
        if (Number(resources, "cpu") < 1 || Number(resources, "memory") < 10)
            yield return "resources below the least";
        if (Number(resources, "memory_max") is > 0 and var most && most < Number(resources, "memory"))
            yield return "memory_max under memory";
        var volumes = Labelled(group, "volume").Select(static volume => volume.Label).ToList();
        foreach (var mount in Bodies(task, "volume_mount"))
        {
            if (!volumes.Contains(Text(mount, "volume")!))
                yield return $"volume_mount {Text(mount, "volume")}";
        }
        foreach (var broken in Templates(task))
            yield return broken;
    }

    // Template.Validate, WaitConfig.Validate, and of Task.Validate the destinations
    private static IEnumerable<string> Templates(JsonElement task)
    {
        var templates = Bodies(task, "template").ToList();
        foreach (var same in templates.GroupBy(static template => Text(template, "destination")).Where(static same => same.Count() > 1))
            yield return $"two templates at {same.Key}";
        foreach (var template in templates)
        {
            var (place, mode) = (Text(template, "destination"), Text(template, "change_mode") ?? "restart");
            if (string.IsNullOrEmpty(Text(template, "data")))
                yield return $"the template {place} is empty";
            if (place is null || place.StartsWith('/') || place.Split('/').Contains(".."))
                yield return $"the template's destination {place}";
            if (mode is not ("noop" or "restart"))
                yield return $"change_mode {mode}";
            if (Text(template, "perms") is { } mode8 && !Octal().IsMatch(mode8))
                yield return $"perms {mode8}";
            foreach (var wait in Bodies(template, "wait"))
            {
                if (Duration(wait, "min", TimeSpan.Zero) > Duration(wait, "max", TimeSpan.Zero))
                    yield return "wait min beyond max";
            }
        }
    }

    private static JsonElement.ArrayEnumerator Bodies(JsonElement body, string block) =>
        body.TryGetProperty(block, out var bodies) ? bodies.EnumerateArray() : default;

    private static IEnumerable<(string Label, JsonElement Body)> Labelled(JsonElement body, string block) =>
        body.TryGetProperty(block, out var labels)
            ? labels.EnumerateObject().SelectMany(static label => label.Value.EnumerateArray().Select(each => (label.Name, each)))
            : [];

    private static string? Text(JsonElement body, string field) => body.TryGetProperty(field, out var value) ? value.GetString() : null;

    private static List<string?> Texts(JsonElement body, string field) =>
        body.TryGetProperty(field, out var value) ? [.. value.EnumerateArray().Select(static each => each.GetString())] : [];

    private static long Number(JsonElement body, string field) => body.TryGetProperty(field, out var value) ? value.GetInt64() : 0;

    private static bool Truth(JsonElement body, string field) => body.TryGetProperty(field, out var value) && value.GetBoolean();

    private static TimeSpan Duration(JsonElement body, string field, TimeSpan otherwise) =>
        Text(body, field) is { } text ? NomadReference.Duration(text)!.Value : otherwise;

    [GeneratedRegex(@"\A([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9])\z")]
    private static partial Regex ServiceName();

    [GeneratedRegex(@"\A[0-7]{3,4}\z")]
    private static partial Regex Octal();
}
