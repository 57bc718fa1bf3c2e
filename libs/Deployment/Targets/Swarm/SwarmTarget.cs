using AspireDeploy.Plan;
using AspireDeploy.Targets.Docker;

namespace AspireDeploy.Targets.Swarm;

/// <summary>
/// Docker Swarm: a stack, one file per service, with the scripts that deploy it in order. It needs Docker 25 or later, in swarm mode.
/// </summary>
public sealed class SwarmTarget(SwarmOptions? options = null) : ITarget
{
    private readonly SwarmOptions _options = options ?? new();

    /// <inheritdoc />
    public string Name => _options.Name;

    /// <inheritdoc />
    public string Kind => "swarm";

    /// <inheritdoc />
    public string Title => "Docker Swarm";

    /// <inheritdoc />
    public ConceptTable Concepts => field ??= SwarmConcepts.Table(_options);

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
        var stack = new SwarmFile(plan, _options);
        List<PublishedFile> files =
        [
            .. plan.Workloads.Select(stack.Write),
            SecretsScript.Write(plan, SecretFilesOf(plan), DockerSettings.File, null),
            SwarmScripts.Deploy(plan, _options),
            SwarmScripts.Destroy(plan),
            new(".gitignore", "/secrets/\n/.env\n"),
            .. DockerFiles.ContentOf(plan),
        ];
        if (DockerSettings.Write(plan) is { } settings) files.Add(settings);
        if (plan.Edge is { } edge && _options.Traefik is null)
        {
            files.Add(stack.WriteGateway(edge));
            files.Add(new(SwarmGateway.Caddyfile, CaddyContainer.Caddyfile(plan)));
        }
        return files.ToEquatableArray();
    }

    /// <inheritdoc />
    public EquatableArray<OperatorCommand> Commands(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan = DockerScope.Of(plan, this);
        var stack = plan.Name.ToLowerInvariant();
        var service = $"{stack}_{plan.Workloads.FirstOrDefault(static workload => !workload.IsStep)?.Label ?? "SERVICE"}";
        return
        [
            new("deploy, or update", "./deploy.sh"),
            new("see what runs", $"docker stack services {stack}"),
            new("see every replica, with what became of earlier ones", $"docker stack ps {stack}"),
            new("read logs", $"docker service logs --follow {service}"),
            new("run more or fewer replicas until the next deployment", $"docker service scale {service}=5"),
            new("go back to the previous version", $"docker service rollback {service}"),
            new("take it away, but for its data", "./destroy.sh"),
        ];
    }

    // Swarm gives each to its process's user; here they are who deploys's.
    private static IEnumerable<ComposedSecret> SecretFilesOf(DeploymentPlan plan)
    {
        foreach (var workload in plan.Workloads)
        {
            foreach (var secret in Secrets.FilesOf(workload)) yield return new(DockerFiles.SecretPath(workload, secret), secret.Content, null);
            if (Secrets.UndeliverableOf(workload) is { IsEmpty: false } variables) yield return new(DockerFiles.EnvironmentFile(workload), EnvironmentFile(variables), null);
        }
    }

    // The client takes everything after the sign as it is, to the line's end.
    private static Template EnvironmentFile(EquatableArray<EnvironmentVariable> variables) =>
        Template.Create([.. variables.SelectMany(static variable => (TemplatePart[])[new Literal($"{variable.Name}="), .. variable.Value.Parts, new Literal("\n")])]);
}
