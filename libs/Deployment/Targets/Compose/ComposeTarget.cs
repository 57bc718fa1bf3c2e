using AspireDeploy.Plan;
using AspireDeploy.Targets.Docker;

namespace AspireDeploy.Targets.Compose;

/// <summary>
/// Docker Compose on one machine: <c>compose.yaml</c>, <c>.env</c>, a Caddyfile, and three short scripts for people without the AppHost. It needs Docker 25 and
/// Compose 2.24 or later.
/// </summary>
public sealed class ComposeTarget(ComposeOptions? options = null) : ITarget
{
    private readonly ComposeOptions _options = options ?? new();

    /// <inheritdoc />
    public string Name => _options.Name;

    /// <inheritdoc />
    public string Kind => "compose";

    /// <inheritdoc />
    public string Title => "Docker Compose";

    /// <inheritdoc />
    public ConceptTable Concepts => field ??= ComposeConcepts.Table(_options);

    /// <inheritdoc />
    public IReadOnlyList<PlanError> Check(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var errors = DockerSettings.Check(plan).ToList();
        foreach (var group in DockerNetworks.Of(plan).GroupBy(static network => network.Name, StringComparer.Ordinal))
        {
            if (group.Count() > 1) errors.Add(new($"{group.Key}.name", $"is the name of another service's network too; rename {group.Key}"));
        }
        if (plan.Edge is { } edge && _options.Traefik is null)
        {
            foreach (var port in plan.Workloads.SelectMany(static workload => workload.Ports.Where(static port => port.External).Select(port => (workload.Name, Port: port))))
            {
                var number = port.Port.ExternalNumber ?? port.Port.Number;
                if (number == edge.HttpPort || (edge.IsHttps && number == edge.HttpsPort)) errors.Add(new($"{port.Name}.ports.{port.Port.Name}", $"{number} is the gateway's port on the machine already"));
            }
            if (plan.Volumes.Any(volume => volume.Name.Equals(ComposeGateway.VolumeOf(edge), StringComparison.OrdinalIgnoreCase)))
                errors.Add(new($"{ComposeGateway.VolumeOf(edge)}.name", "is the name of the volume with the gateway's certificates; rename yours"));
        }
        return errors;
    }

    /// <inheritdoc />
    public EquatableArray<RequiredInput> Inputs(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var settings = DockerSettings.Of(plan).Select(static setting => new RequiredInput(setting.Name, "`.env`", $"{setting.Description} {(setting.Default is null ? "Nothing starts without it." : $"`{setting.Default}` if not set.")}", setting.Default is null));
        var secrets = plan.Secrets.Select(static secret => secret.Generation is null
            ? new RequiredInput($"secrets/{secret.Name}", "a file of mode 0600", secret.Description.Length > 0 ? secret.Description : "a secret value", true)
            : new RequiredInput($"secrets/{secret.Name}", "a file of mode 0600", "`./secrets.sh` makes it; keep a copy", false));
        return settings.Concat(secrets).ToEquatableArray();
    }

    /// <inheritdoc />
    public EquatableArray<PublishedFile> Write(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var files = new List<PublishedFile>
        {
            new("compose.yaml", ComposeFile.Write(plan, _options)),
            SecretsScript.Write(plan, SecretFilesOf(plan), DockerSettings.File, plan.Edge is not null && _options.Traefik is null ? WellKnownImages.CaddyImage : WellKnownImages.BusyBoxImage),
            ComposeScripts.Deploy(plan, _options),
            ComposeScripts.Destroy(plan),
            new(".gitignore", "/secrets/\n/.env\n"),
        };
        if (DockerSettings.Write(plan) is { } settings) files.Add(settings);
        if (plan.Edge is not null && _options.Traefik is null) files.Add(new($"{ComposeGateway.Folder}/Caddyfile", CaddyContainer.Caddyfile(plan)));
        foreach (var workload in plan.Workloads)
        {
            foreach (var file in workload.Files)
                files.Add(new(ComposeService.ContentPath(workload, file), file.Content) { Mode = file.Executable ? PublishedFileMode.Executable : PublishedFileMode.Readable });
        }
        return files.ToEquatableArray();
    }

    /// <inheritdoc />
    public EquatableArray<OperatorCommand> Commands(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var service = plan.Workloads.FirstOrDefault(static workload => !workload.IsStep)?.Label ?? "SERVICE";
        return
        [
            new("deploy, or update", "./deploy.sh"),
            new("see what runs", "docker compose ps --all"),
            new("read logs", $"docker compose logs --follow {service}"),
            new("run more or fewer replicas until the next deployment", $"docker compose up --detach --no-recreate --no-deps --scale {service}=5 {service}"),
            new("take it away, but for its data", "./destroy.sh"),
        ];
    }

    private static List<ComposedSecret> SecretFilesOf(DeploymentPlan plan)
    {
        var files = new List<ComposedSecret>();
        foreach (var workload in plan.Workloads)
        {
            // A container whose user isn't known is run by root, until it gives that up itself.
            var owner = ComposeService.User(workload.Isolation) ?? "0:0";
            foreach (var secret in Secrets.FilesOf(workload)) files.Add(new(ComposeService.SecretPath(workload, secret), secret.Content, owner));
            if (Secrets.UndeliverableOf(workload) is { IsEmpty: false } variables) files.Add(new(ComposeService.EnvironmentFile(workload), EnvironmentFile(variables), null));
        }
        return files;
    }

    // Compose takes a value in single quotes as it is.
    private static Template EnvironmentFile(EquatableArray<EnvironmentVariable> variables) =>
        Template.Create([.. variables.SelectMany(static variable => (TemplatePart[])[new Literal($"{variable.Name}='"), .. variable.Value.Parts, new Literal("'\n")])]);
}
