using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Targets.Traefik;

namespace AspireDeploy.Targets.Docker;

/// <summary>
/// Describes what is the same of Docker Compose and Docker Swarm: what is checked and what a person supplies. It needs Docker 25 or later.
/// </summary>
/// <param name="options">What was chosen.</param>
internal abstract class DockerTarget(DockerOptions options) : ITarget
{
    /// <summary>Gets what was chosen.</summary>
    protected DockerOptions Options { get; } = options;

    /// <inheritdoc />
    public string Name => Options.Name;

    /// <inheritdoc />
    public abstract string Kind { get; }

    /// <inheritdoc />
    public abstract string Title { get; }

    /// <inheritdoc />
    public abstract ConceptTable Concepts { get; }

    /// <inheritdoc />
    public IReadOnlyList<PlanError> Check(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var gateway = Options.OwnGateway(plan);
        var traefik =
            Options.Traefik is { } known && plan.Gateway is not null
                ? [.. TraefikChecks.Names(Name, known), .. TraefikNetwork.Check(DockerScope.Apply(plan, this), Options, known)]
                : Array.Empty<PlanError>();
        return
        [
            .. DockerSettings.Check(plan),
            .. SecretsScript.Check(plan),
            .. DockerChecks.SecretNames(plan),
            .. DockerChecks.SecretFiles(DockerScope.Apply(plan, this)),
            .. DockerChecks.Data(plan),
            .. DockerChecks.Networks(plan),
            .. HostPorts.Conflicts(plan, gateway),
            .. Kind == "compose" ? ExternalPorts.SharedByReplicas(plan) : [],
            .. gateway is not null ? DockerChecks.GatewayVolume(plan) : [],
            .. traefik,
        ];
    }

    /// <inheritdoc />
    public EquatableArray<RequiredInput> Inputs(DeploymentPlan plan) =>
        DockerInputs.Create(plan, Options.Traefik, Kind == "swarm" ? TraefikProvider.Swarm : TraefikProvider.Docker);

    /// <inheritdoc />
    public EquatableArray<PublishedFile> Write(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var deployed = DockerScope.Apply(plan, this);
        var networks = DockerNetworks.Create(deployed, Options);
        deployed = NeighbourAddresses.In(deployed, Options, networks);
        List<PublishedFile> files =
        [
            .. WriteOwn(deployed, networks),
            new(".gitignore", "/secrets/\n/.env\n/.deploying*/\n/.images*\n"),
            .. DockerFiles.ContentOf(deployed),
        ];
        if (DockerSettings.Write(deployed) is { } settings)
            files.Add(settings);
        return files.ToEquatableArray();
    }

    /// <inheritdoc />
    public EquatableArray<OperatorCommand> Commands(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var deployed = DockerScope.Apply(plan, this);
        return
        [
            new("deploy, or update", "./deploy.sh"),
            .. OwnCommands(deployed, deployed.Workloads.FirstOrDefault(static workload => !workload.IsJob)?.Label ?? "SERVICE"),
            new("take it away, but for its data", "./destroy.sh"),
        ];
    }

    /// <summary>Writes the files that only this target has.</summary>
    /// <param name="plan">The plan, by the name that it is deployed under.</param>
    /// <param name="networks">The deployment's networks.</param>
    private protected abstract IEnumerable<PublishedFile> WriteOwn(DeploymentPlan plan, EquatableArray<DockerNetwork> networks);

    /// <summary>Returns the files of secrets that <c>secrets.sh</c> makes.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="ownerOf">The user that a workload's secrets belong to here; null: who deploys.</param>
    /// <param name="line">A variable's line in a file of secret environment variables.</param>
    private protected static IEnumerable<ComposedSecret> SecretFilesOf(
        DeploymentPlan plan,
        Func<Workload, string?> ownerOf,
        Func<EnvironmentVariable, ComposedPart[]> line
    )
    {
        foreach (var workload in plan.Workloads)
        {
            foreach (var secret in Secrets.FilesOf(workload))
                yield return new(DockerFiles.SecretPath(workload, secret), secret.Content, ownerOf(workload));
            if (Secrets.UndeliverableOf(workload) is { IsEmpty: false } variables)
                yield return new(DockerFiles.EnvironmentFile(workload), variables.SelectMany(line).ToEquatableArray(), null);
        }
    }

    /// <summary>Returns the commands that look at a deployment and change it.</summary>
    /// <param name="plan">The plan, by the name that it is deployed under.</param>
    /// <param name="service">A service to show them with.</param>
    private protected abstract IEnumerable<OperatorCommand> OwnCommands(DeploymentPlan plan, string service);
}
