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
        return [.. DockerSettings.Check(plan), .. DockerChecks.Networks(plan), .. _options.Traefik is null ? DockerChecks.GatewayPorts(plan) : [], .. _options.Traefik is null ? DockerChecks.GatewayVolume(plan) : []];
    }

    /// <inheritdoc />
    public EquatableArray<RequiredInput> Inputs(DeploymentPlan plan) => DockerInputs.Of(plan);

    /// <inheritdoc />
    public EquatableArray<PublishedFile> Write(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan = DockerScope.Of(plan, this);
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
        files.AddRange(DockerFiles.ContentOf(plan));
        return files.ToEquatableArray();
    }

    /// <inheritdoc />
    public EquatableArray<OperatorCommand> Commands(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan = DockerScope.Of(plan, this);
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
            var owner = DockerService.User(workload.Isolation) ?? "0:0";
            foreach (var secret in Secrets.FilesOf(workload)) files.Add(new(DockerFiles.SecretPath(workload, secret), secret.Content, owner));
            if (Secrets.UndeliverableOf(workload) is { IsEmpty: false } variables) files.Add(new(DockerFiles.EnvironmentFile(workload), EnvironmentFile(variables), null));
        }
        return files;
    }

    // Compose takes a value in single quotes as it is.
    private static Template EnvironmentFile(EquatableArray<EnvironmentVariable> variables) =>
        Template.Create([.. variables.SelectMany(static variable => (TemplatePart[])[new Literal($"{variable.Name}='"), .. variable.Value.Parts, new Literal("'\n")])]);
}
