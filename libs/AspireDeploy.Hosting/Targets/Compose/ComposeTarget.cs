using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Compose;

/// <summary>
/// Docker Compose on one machine: <c>compose.yaml</c>, <c>.env</c>, a Caddyfile, and short scripts for people without the AppHost. It needs
/// Docker 25 and Compose 2.24 or later.
/// </summary>
internal sealed class ComposeTarget(DockerOptions? options = null) : DockerTarget(options ?? new("compose"))
{
    /// <inheritdoc />
    public override string Kind => "compose";

    /// <inheritdoc />
    public override string Title => "Docker Compose";

    /// <inheritdoc />
    public override ConceptTable Concepts => field ??= ComposeConcepts.Table(Options);

    private protected override IEnumerable<PublishedFile> WriteOwn(DeploymentPlan plan, EquatableArray<DockerNetwork> networks)
    {
        yield return ComposeFile.Write(plan, Options, networks);
        yield return SecretsScript.Write(
            plan,
            SecretFilesOf(plan, OwnerOf, static variable =>
                [new($"{variable.Name}=\"", null), new(variable.Value, "dotenv"), new("\"\n", null)]
            ),
            DockerSettings.File,
            Options.OwnGateway(plan) is not null ? WellKnownImages.CaddyImage : WellKnownImages.BusyBoxImage
        );
        yield return ComposeScripts.Deploy(plan, Options);
        yield return ComposeScripts.Destroy(plan);
        if (ComposeRotation.Write(plan) is { } rotation)
            yield return rotation;
        if (Options.OwnGateway(plan) is not null)
            yield return new($"{ComposeService.GatewayFolder}/Caddyfile", CaddyContainer.Caddyfile(plan));
    }

    private protected override IEnumerable<OperatorCommand> OwnCommands(DeploymentPlan plan, string service) =>
        [
            new("see what runs", "docker compose ps --all"),
            new("read logs", $"docker compose logs --follow {service}"),
            .. plan.Secrets.IsEmpty
                ? Array.Empty<OperatorCommand>()
                : [new("give a secret a new value", $"./rotate.sh {plan.Secrets[0].Name}")],
            new(
                "run more or fewer replicas until the next deployment",
                $"docker compose up --detach --no-recreate --no-deps --scale {service}=5 {service}"
            ),
        ];

    // A container whose user isn't known is run by root, until it gives that up itself.
    private static string OwnerOf(Workload workload) => workload.Isolation.User ?? "0:0";
}
