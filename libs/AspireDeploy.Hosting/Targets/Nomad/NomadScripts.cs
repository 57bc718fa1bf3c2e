using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Targets.Traefik;
using AspireDeploy.Writers.Shell;

namespace AspireDeploy.Targets.Nomad;

/// <summary>The scripts for someone who has the published folder and nothing else; each prints the commands that it runs.</summary>
internal static class NomadScripts
{
    internal static IEnumerable<PublishedFile> Write(
        DeploymentPlan plan,
        NomadOptions options,
        NomadNames names,
        Dictionary<string, string> jobHashes,
        PublicGateway? gateway
    )
    {
        var waves = StartOrder.Compute(plan).SelectMany(static wave => wave).ToList();
        List<string> jobs =
        [
            .. waves.Select(static workload => workload.Label),
            .. gateway is null ? Array.Empty<string>() : [gateway.Label],
        ];
        string[] volumes =
        [
            .. plan
                .Volumes.Concat(gateway is null ? [] : [NomadGateway.VolumeOf(gateway)])
                .Select(volume => $"volume {names.VolumeOf(volume.Name)} {NomadVolumes.PathOf(volume)}"),
        ];
        var values = waves
            .Select(workload => Values(plan, workload.Label, ReferencesOf(plan, workload), names))
            .Append(gateway is null ? "" : Values(plan, gateway.Label, gateway.Host.Parts, names))
            .Where(static line => line.Length > 0);
        List<string> order = [.. waves.SelectMany(workload => Lines(workload, names, jobHashes))];
        if (gateway is not null)
            order.AddRange([
                $"alone {names.VolumeOf(NomadGateway.VolumeOf(gateway).Name)} {names.JobOf(gateway.Label)}",
                $"service {names.JobOf(gateway.Label)} {NomadJob.PathOf(gateway.Label)} {gateway.Label}",
            ]);
        var required = plan
            .Parameters.Where(static parameter => parameter.Default is null)
            .Select(static parameter => $"required {Setting.NameFor(parameter.Name)}");
        var volumeType = ("VOLUME_TYPE", options.CsiPlugin is null ? "host" : "csi");
        (string Place, string Text)[] common =
        [
            ("VOLUMES_READ", ScriptTemplate.Fill("Nomad/volumes.sh", volumeType)),
            volumeType,
            ("TIMEOUT", Durations.SecondsRoundedUp(StopTimeout.For(plan)).ToString(CultureInfo.InvariantCulture)),
            ("NAME", plan.Name),
            ("NAMESPACE", options.Namespace),
            ("LOCK", ScriptTemplate.Fill("Shared/lock.sh")),
        ];
        var (has, network, asked) = options.HostNetwork is { } name
            ? ($"'network:{name} '", name, $"the host network {name}, Docker and the CNI plugins")
            : ("", "", "Docker and the CNI plugins");
        yield return Script(
            "deploy.sh",
            [
                .. common,
                ("SETTINGS", SecretsScript.PlainReader),
                ("VERSION", plan.Version),
                ("REASONS", ScriptTemplate.Fill("Nomad/reasons.sh")),
                ("OVERRIDE", ScriptTemplate.Fill("Nomad/override.sh")),
                ("FIRST", jobs.Count == 0 ? "" : NomadJob.PathOf(jobs[0])),
                ("HAS_NETWORK", has),
                ("HOST_NETWORK", network),
                ("ASKED", asked),
                (
                    "ASK_FUNCTION",
                    GatewayRequest.Write(
                        plan,
                        PlainSettings.File,
                        gateway is null ? TraefikGateway.Logs : $"nomad alloc logs -job {names.JobOf(gateway.Label)} {gateway.Label}",
                        isTrusted: plan.Gateway?.Certificate == CertificateMode.Automatic,
                        isShared: options.Traefik is not null
                    )
                ),
                ("ASK", GatewayRequest.LineOf(plan, gateway is null ? "''" : $"\"$(gateway_address {names.JobOf(gateway.Label)})\"")),
                (
                    "SECRETS",
                    string.Join(
                        ' ',
                        plan.Secrets.Where(static secret => secret.Generation is not null).Select(static secret => secret.Name)
                    )
                ),
                ("FILES", string.Join(' ', jobs.Select(NomadJob.PathOf))),
                ("REQUIRED", string.Join('\n', required)),
                ("VOLUMES", string.Join('\n', volumes)),
                ("VALUES", string.Join('\n', values)),
                ("ORDER", string.Join('\n', order)),
            ]
        );
        yield return Script("status.sh", [.. common, ("JOBS", string.Join(' ', jobs.Select(names.JobOf)))]);
        yield return Script(
            "destroy.sh",
            [
                .. common,
                ("JOBS", string.Join(' ', jobs.AsEnumerable().Reverse().Select(names.JobOf))),
                ("VARIABLES", string.Join(' ', jobs.SelectMany(label => new[] { names.VariablesOf(label), names.CompletedJobsOf(label) }))),
                ("VOLUMES", string.Join(' ', volumes.Select(static line => line.Split(' ')[1]))),
            ]
        );
    }

    private static PublishedFile Script(string name, params ReadOnlySpan<(string Place, string Text)> places) =>
        new(name, ScriptTemplate.Fill($"Nomad/{name}", places)) { Mode = PublishedFileMode.Executable };

    // "values PATH secret=NAME parameter=NAME": what a job's variable holds is what its templates refer to, and nothing else.
    private static string Values(DeploymentPlan plan, string label, IEnumerable<TemplatePart> parts, NomadNames names)
    {
        var known = parts.ToList();
        var secrets = known
            .OfType<SecretReference>()
            .Select(static reference => reference.Secret)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(static name => $" secret {NomadNames.KeyOf(name)} {name}");
        var parameters = known
            .OfType<ParameterReference>()
            .Select(static reference => reference.Parameter)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(name => $" setting {NomadNames.KeyOf(name)} {Setting.NameFor(name)}");
        var all = string.Concat(secrets.Concat(parameters));
        return all.Length == 0 ? "" : $"values {names.VariablesOf(label)}{all}";
    }

    private static IEnumerable<TemplatePart> ReferencesOf(DeploymentPlan plan, Workload workload)
    {
        var parts = Links.TemplatesOf(workload).SelectMany(static template => template.Value.Parts).ToList();
        return parts.OfType<GatewayReference>().Any() ? parts.Concat(plan.Gateway!.Host.Parts) : parts;
    }

    private static IEnumerable<string> Lines(Workload workload, NomadNames names, Dictionary<string, string> jobHashes)
    {
        var completed = workload
            .Dependencies.Where(static dependency => dependency.Condition == DependencyCondition.Completed)
            .Select(dependency => $" {NomadNames.KeyOf(dependency.On)} {jobHashes[dependency.On]}")
            .ToList();
        if (completed.Count > 0)
            yield return $"completed {names.CompletedJobsOf(workload.Label)}{string.Concat(completed)}";
        foreach (var volume in workload.Mounts.Select(static mount => mount.Volume).Distinct())
            yield return $"alone {names.VolumeOf(volume)} {names.JobOf(workload.Label)}";
        var least = workload.Scale.IsAutomatic ? string.Create(CultureInfo.InvariantCulture, $" {workload.Scale.Minimum}") : "";
        yield return workload.IsJob
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"job {names.JobOf(workload.Label)} {NomadJob.PathOf(workload.Label)} {workload.Label} "
                    + $"{Durations.SecondsRoundedUp(workload.JobTimeout)}"
            )
            : $"service {names.JobOf(workload.Label)} {NomadJob.PathOf(workload.Label)} {workload.Label}{least}";
    }
}
