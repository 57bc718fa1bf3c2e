using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Swarm;

/// <summary>
/// Docker Swarm: a stack, one file per service, with the scripts that deploy it in order. It needs Docker 25 or later, in swarm mode.
/// </summary>
internal sealed class SwarmTarget(DockerOptions? options = null) : DockerTarget(options ?? new("swarm"))
{
    /// <inheritdoc />
    public override string Kind => "swarm";

    /// <inheritdoc />
    public override string Title => "Docker Swarm";

    /// <inheritdoc />
    public override ConceptTable Concepts => field ??= SwarmConcepts.Table(Options);

    private protected override IEnumerable<PublishedFile> WriteOwn(DeploymentPlan plan, EquatableArray<DockerNetwork> networks)
    {
        var stack = new SwarmFile(plan, Options, networks);
        foreach (var workload in plan.Workloads)
            yield return stack.Write(workload);
        // Swarm gives each to its process's user; here they are who deploys's. The client takes everything after the sign as it is, to the
        // line's end.
        yield return SecretsScript.Write(
            plan,
            SecretFilesOf(
                plan,
                static _ => null,
                static variable => [new($"{variable.Name}=", null), new(variable.Value, "line"), new("\n", null)]
            ),
            DockerSettings.File,
            null
        );
        yield return SwarmScripts.Deploy(plan, Options);
        yield return SwarmScripts.Destroy(plan);
        if (Options.OwnGateway(plan) is not { } gateway)
            yield break;
        yield return stack.WriteGateway(gateway);
        yield return new(SwarmService.Caddyfile, CaddyContainer.Caddyfile(plan));
    }

    private protected override IEnumerable<OperatorCommand> OwnCommands(DeploymentPlan plan, string service)
    {
        var stack = plan.Name.ToLowerInvariant();
        return
        [
            new("see what runs", $"docker stack services {stack}"),
            new("see every replica, with what became of earlier ones", $"docker stack ps {stack}"),
            new("read logs", $"docker service logs --follow {stack}_{service}"),
            new("run more or fewer replicas until the next deployment", $"docker service scale {stack}_{service}=5"),
            new("go back to the previous version", $"docker service rollback {stack}_{service}"),
        ];
    }
}
