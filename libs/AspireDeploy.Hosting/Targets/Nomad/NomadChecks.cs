using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Targets.Traefik;

namespace AspireDeploy.Targets.Nomad;

/// <summary>Describes what Nomad alone can't write of a sound plan.</summary>
internal static class NomadChecks
{
    private const int LeastMebibytes = 10;

    internal static List<PlanError> Check(DeploymentPlan plan, NomadOptions options)
    {
        var (errors, names) = (new List<PlanError>(), new NomadNames(plan));
        var templates = new NomadTemplates(plan, names);
        CheckOptions(errors, options);
        errors.AddRange(PlainSettings.Check(plan));
        errors.AddRange(SecretsScript.Check(plan));
        var labels = new HashSet<string>(StringComparer.Ordinal);
        foreach (var workload in plan.Workloads)
        {
            CheckNames(errors, workload, names, labels);
            for (var i = 0; i < workload.Arguments.Count; i++)
            {
                if (templates.AsFixed(workload.Arguments[i]) is null)
                    errors.Add(
                        new(
                            $"{workload.Name}.args[{i}]",
                            $"\"{workload.Arguments[i]}\" is known only when it runs, or holds a ${{ that Nomad would fill in; pass "
                                + "it by an environment variable"
                        )
                    );
            }
            if (workload.Label == "wait")
                errors.Add(new($"{workload.Name}.name", "is the name of the task that waits for others; rename it"));
            if (workload.Label == "alloc")
                errors.Add(
                    new(
                        $"{workload.Name}.name",
                        "is no name for a task, since Nomad has a directory of that name beside its tasks'; rename it"
                    )
                );
            if (workload.Memory is { } memory)
                CheckMemory(errors, workload.Name, memory);
            CheckFiles(errors, workload);
        }
        foreach (
            var group in plan
                .Secrets.Select(static secret => secret.Name)
                .Concat(plan.Parameters.Select(static parameter => parameter.Name))
                .GroupBy(NomadNames.KeyOf)
                .Where(static group => group.Count() > 1)
        )
            errors.Add(new(group.Last(), $"becomes {group.Key} in a variable, as {group.First()} does; rename one"));
        CheckVolumes(errors, plan, names);
        CheckExternal(errors, plan);
        errors.AddRange(ExternalPorts.SharedByReplicas(plan));
        errors.AddRange(new NomadPorts(plan, options).Check());
        if (plan.Gateway is { } gateway)
            CheckGateway(errors, plan, gateway, options);
        return errors;
    }

    // Of two jobs that want one port of a client, the second is never placed there.
    private static void CheckExternal(List<PlanError> errors, DeploymentPlan plan)
    {
        var external = plan.Workloads.SelectMany(static workload =>
            workload.Ports.Where(static port => port.External).Select(port => (workload.Name, port))
        );
        foreach (
            var group in external
                .GroupBy(static each => NumberOf(each.port))
                .Where(static group => group.Select(static each => each.Name).Distinct().Count() > 1)
        )
            errors.Add(
                new(
                    $"{group.Last().Name}.ports.{group.Last().port.Name}",
                    $"{group.Key} is the port of {group.First().Name}'s endpoint \"{group.First().port.Name}\" on a client already; "
                        + "give this one another: port: NUMBER"
                )
            );
    }

    // Nomad's own least. (https://developer.hashicorp.com/nomad/docs/job-specification/resources)
    private static void CheckMemory(List<PlanError> errors, string name, Memory memory)
    {
        if (memory.Request.MebibytesRoundedUp < LeastMebibytes)
            errors.Add(
                new(
                    $"{name}.memory.request",
                    $"{memory.Request} is less than the {LeastMebibytes}Mi that Nomad gives any task; request those"
                )
            );
    }

    private static void CheckFiles(List<PlanError> errors, Workload workload)
    {
        foreach (
            var group in Secrets
                .FilesOf(workload)
                .GroupBy(static secret => NomadTask.SecretPath(secret))
                .Where(static group => group.Count() > 1)
        )
            errors.Add(
                new(
                    $"{workload.Name}.secretFiles.{group.Last().Path}",
                    $"becomes \"{group.Key}\", as {group.First().Path} does; rename one"
                )
            );
    }

    // (https://developer.hashicorp.com/nomad/commands/namespace/apply)
    private static void CheckOptions(List<PlanError> errors, NomadOptions options)
    {
        if (
            options.Namespace.Length is 0 or > 128
            || !options.Namespace.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
        )
            errors.Add(
                new(
                    $"{options.Name}.namespace",
                    $"\"{options.Namespace}\" is not a namespace: 1 to 128 letters, digits and hyphens; .WithNamespace(\"shops\")"
                )
            );
    }

    private static void CheckNames(List<PlanError> errors, Workload workload, NomadNames names, HashSet<string> taken)
    {
        foreach (var port in workload.Ports)
        {
            var name = names.ServiceOf(workload, port);
            if (
                name.Length > NomadNames.Longest
                || name[^1] == '-'
                || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
            )
                errors.Add(
                    new(
                        $"{workload.Name}.ports.{port.Name}",
                        $"\"{name}\" is no name for a service: at most {NomadNames.Longest} letters, digits and hyphens, the "
                            + "application's and the workload's names among them"
                    )
                );
            if (
                port.External
                && workload.Ports.FirstOrDefault(other => other.External && NumberOf(other) == NumberOf(port)) is { } first
                && first != port
            )
                errors.Add(
                    new(
                        $"{workload.Name}.ports.{port.Name}.external",
                        $"{NumberOf(port)} is {first.Name}'s port on a client already, which is both TCP's and UDP's; choose another"
                    )
                );
            if (!taken.Add(name))
                errors.Add(new($"{workload.Name}.ports.{port.Name}", $"becomes the service \"{name}\", which is there already; rename it"));
        }
    }

    private static void CheckVolumes(List<PlanError> errors, DeploymentPlan plan, NomadNames names)
    {
        foreach (var volume in plan.Volumes)
        {
            var users = plan.Workloads.Where(workload => workload.Mounts.Any(mount => mount.Volume == volume.Name)).ToList();
            if (users.Count == 1 && users[0].Scale.Maximum > 1)
                errors.Add(
                    new(
                        $"{users[0].Name}.replicas",
                        $"{users[0].Scale.Maximum} replicas can't share \"{volume.Name}\", which one allocation writes at a time; "
                            + "run one, or keep the data in a service of its own"
                    )
                );
            if (users.Count > 1)
                errors.Add(
                    new(
                        $"{users[^1].Name}.mounts",
                        $"\"{volume.Name}\" is {users[0].Name}'s too, and one allocation writes it at a time; give each its own"
                    )
                );
        }
        var all = plan
            .Volumes.Select(static volume => volume.Name)
            .Concat(plan.Gateway is { } gateway ? [NomadGateway.VolumeOf(gateway).Name] : []);
        foreach (var group in all.GroupBy(NomadVolumes.LabelOf).Where(static group => group.Count() > 1))
            errors.Add(
                new($"{group.First()}.name", $"becomes the volume \"{names.VolumeOf(group.Key)}\", which is there already; rename it")
            );
    }

    private static void CheckGateway(List<PlanError> errors, DeploymentPlan plan, PublicGateway gateway, NomadOptions options)
    {
        if (options.Traefik is null)
            CheckMemory(errors, gateway.Name, gateway.Memory);
        if (options.Traefik is { } traefik)
            errors.AddRange(TraefikChecks.Names(options.Name, traefik));
        if (options.Traefik is not null && gateway.Host.AsLiteral is null)
            errors.Add(
                new(
                    $"{gateway.Name}.host",
                    $"\"{gateway.Host}\" is known only at deployment, and Traefik reads it from the job's tags; write the host itself"
                )
            );
        foreach (
            var (workload, port) in plan.Workloads.SelectMany(static workload =>
                workload.Ports.Where(static port => port.External).Select(port => (workload, port))
            )
        )
        {
            var number = NumberOf(port);
            if (options.Traefik is null && (number == gateway.HttpPort || (gateway.IsHttps && number == gateway.HttpsPort)))
                errors.Add(
                    new(
                        $"{workload.Name}.ports.{port.Name}",
                        $"{number} is the gateway's port on a client already; give this one another, port: NUMBER, or the gateway: "
                            + "WithPublicPorts(8080, 8443)"
                    )
                );
        }
    }

    private static int NumberOf(Port port) => port.ExternalNumber ?? port.Number;
}
