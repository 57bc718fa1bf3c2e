using System.Globalization;
using System.Text;
using AspireDeploy.Model;
using AspireDeploy.Writers.Hcl;

namespace AspireDeploy.Targets.Nomad;

/// <summary>
/// A workload's process, in Docker. (https://developer.hashicorp.com/nomad/docs/job-specification/task,
/// https://developer.hashicorp.com/nomad/docs/deploy/task-driver/docker)
/// </summary>
internal sealed class NomadTask(NomadOptions options, NomadTemplates templates)
{
    // What Nomad gives to what asks for nothing, written out.
    private const int UndeclaredMebibytes = 300;

    /// <summary>Returns the memory that is set aside for a task, in MiB. Where none is declared it is ended above it.</summary>
    internal static long MebibytesOf(Workload workload) =>
        (workload.Memory?.Request ?? workload.LeastMemory)?.MebibytesRoundedUp ?? UndeclaredMebibytes;

    internal HclBody Write(Workload workload)
    {
        var task = new HclBody
        {
            { "driver", "docker" },
            { "user", workload.Isolation.User },
            { "kill_timeout", Durations.Print(workload.StopGracePeriod) },
            { ["config"], Config(workload) },
            { ["env"], Environment(workload) },
        };
        var own = TemplatesOf(workload).ToList();
        var trigger = templates.StartedWith(workload, own.Count(static template => template.HoldsValues));
        if (trigger is not null)
            task.Add(["template"], trigger, "The only one that starts the task again, once, when what it was started with is another now.");
        foreach (var template in own)
            task.Add(["template"], Noticed(template, trigger is not null));
        foreach (var mount in workload.Mounts)
            task.Add(
                ["volume_mount"],
                new HclBody
                {
                    { "volume", NomadVolumes.LabelOf(mount.Volume) },
                    { "destination", mount.Path },
                    { "read_only", mount.ReadOnly },
                }
            );
        task.Add(["resources"], Resources(workload));
        return task;
    }

    private HclBody Config(Workload workload)
    {
        var config = new HclBody
        {
            { "image", workload.Image.ToString()! },
            { "force_pull", workload.PullPolicy == PullPolicy.Always ? true : null },
            { "ports", workload.Ports.IsEmpty ? null : workload.Ports.Select(NomadService.LabelOf) },
            { "entrypoint", workload.Entrypoint.IsEmpty ? null : workload.Entrypoint },
            { "args", workload.Arguments.IsEmpty ? null : workload.Arguments.Select(argument => templates.AsFixed(argument)!) },
            { "readonly_rootfs", workload.Isolation.ReadOnlyRoot },
            { "cap_drop", (string[])["all"] },
            {
                "cap_add",
                workload.Isolation.Capabilities.IsEmpty
                    ? null
                    : workload.Isolation.Capabilities.Select(static capability => capability.ToLowerInvariant())
            },
            { "security_opt", (string[])["no-new-privileges"] },
            { "cpu_hard_limit", workload.Cpu?.Limit is null ? null : true },
            { "pids_limit", workload.PidLimit },
        };
        if (Secrets.FilesOf(workload).Any(InDirectory))
            config.Add(["mount"], Bind("secrets/files", Secrets.Directory));
        foreach (var secret in Secrets.FilesOf(workload).Where(static secret => !InDirectory(secret)))
            config.Add(["mount"], Bind(SecretPath(secret), secret.Path));
        for (var i = 0; i < workload.Files.Count; i++)
            config.Add(["mount"], Bind(FilePath(i), workload.Files[i].Path));
        foreach (var scratch in workload.Isolation.Scratch)
            config.Add(
                ["mount"],
                new HclBody
                {
                    { "type", "tmpfs" },
                    { "target", scratch },
                    { "readonly", false },
                }
            );
        return config;
    }

    private static HclBody Bind(string source, string target) =>
        new()
        {
            { "type", "bind" },
            { "source", source },
            { "target", target },
            { "readonly", true },
        };

    private HclBody? Environment(Workload workload)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in workload.Environment)
        {
            if (!variable.HoldsSecret && templates.AsFixed(variable.Value) is { } value && IsName(variable.Name))
                variables[variable.Name] = value;
        }
        foreach (var secret in Secrets.FilesOf(workload))
        {
            if (secret.Variable is { } name)
                variables[name] = secret.Path;
        }
        if (variables.Count == 0)
            return null;
        var body = new HclBody();
        foreach (var (name, value) in variables)
            body.Add(name, value);
        return body;
    }

    private static bool IsName(string name) =>
        name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-')
        && !char.IsAsciiDigit(name[0])
        && name[0] != '-';

    // A template that holds no values never changes.
    private static HclBody Noticed(TaskTemplate template, bool elsewhere)
    {
        var body = new HclBody { { "destination", template.Destination }, { "change_mode", elsewhere ? "noop" : null } };
        foreach (var entry in template.Body.OfType<HclArgument>())
            body.Add(entry.Name, entry.Value);
        return body;
    }

    private IEnumerable<TaskTemplate> TemplatesOf(Workload workload)
    {
        var variables = new StringBuilder();
        foreach (var variable in workload.Environment)
        {
            if (variable.HoldsSecret ? variable.SecretAs is null : templates.AsFixed(variable.Value) is null || !IsName(variable.Name))
                variables.Append(templates.WriteVariable(workload.Label, variable.Name, variable.Value));
        }
        if (variables.Length > 0)
            yield return new(
                "secrets/variables.env",
                true,
                new()
                {
                    { "env", true },
                    { "perms", "0400" },
                    { "data", variables.ToString() },
                }
            );
        foreach (var secret in Secrets.FilesOf(workload))
        {
            yield return new(
                SecretPath(secret),
                true,
                new()
                {
                    { "perms", "0400" },
                    { "uid", workload.Isolation.UserId ?? 0 },
                    { "gid", workload.Isolation.GroupId ?? workload.Isolation.UserId ?? 0 },
                    { "data", templates.Write(workload.Label, secret.Content) },
                }
            );
        }
        for (var i = 0; i < workload.Files.Count; i++)
            yield return new(
                FilePath(i),
                false,
                new()
                {
                    { "perms", workload.Files[i].Executable ? "0755" : "0444" },
                    { "data", NomadTemplates.Escape(workload.Files[i].Content) },
                }
            );
    }

    private HclBody Resources(Workload workload)
    {
        var cores = workload.Cpu?.Limit ?? workload.Cpu?.Request;
        var memory = workload.Memory;
        return new()
        {
            // What Nomad gives to what asks for nothing, written out.
            { "cpu", cores is { } number ? (int)Math.Ceiling(number * options.MegahertzPerCore) : 100 },
            { "memory", MebibytesOf(workload) },
            { "memory_max", memory is not null && memory.Limit != memory.Request ? memory.Limit.MebibytesRoundedUp : null },
        };
    }

    private sealed record TaskTemplate(string Destination, bool HoldsValues, HclBody Body);

    private static string FilePath(int index) => string.Create(CultureInfo.InvariantCulture, $"local/files/{index}");

    private static bool InDirectory(MountedSecret secret) => secret.Path.StartsWith(Secrets.Directory + "/", StringComparison.Ordinal);

    /// <summary>Returns where a secret's file is in the task's directory.</summary>
    internal static string SecretPath(MountedSecret secret) =>
        InDirectory(secret)
            ? $"secrets/files/{secret.Path[(Secrets.Directory.Length + 1)..]}"
            : $"secrets/others/{secret.Path[1..].Replace('/', '-')}";
}
