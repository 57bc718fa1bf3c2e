using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Targets.Traefik;

namespace AspireDeploy.Targets.Nomad;

/// <summary>
/// Nomad: a job specification for each workload, specifications of volumes, and short scripts for people without the AppHost. It needs
/// Nomad 1.10 or later with the Docker driver and CNI plugins on its clients, and no Consul and no Vault.
/// </summary>
internal sealed class NomadTarget(NomadOptions? options = null) : ITarget
{
    private readonly NomadOptions _options = options ?? new();

    /// <inheritdoc />
    public string Name => _options.Name;

    /// <inheritdoc />
    public string Kind => "nomad";

    /// <inheritdoc />
    public string Title => "Nomad";

    /// <inheritdoc />
    /// <remarks>
    /// Nomad's own services are asked over HTTP and TCP. (https://developer.hashicorp.com/nomad/docs/job-specification/check)
    /// </remarks>
    public bool AsksByHttp => true;

    /// <inheritdoc />
    public ConceptTable Concepts => field ??= NomadConcepts.Table(_options);

    /// <inheritdoc />
    public IReadOnlyList<PlanError> Check(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return NomadChecks.Check(plan, _options);
    }

    /// <inheritdoc />
    public EquatableArray<RequiredInput> Inputs(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var clients = _options.HostNetwork is { } network
            ? new[] { new RequiredInput(network, "every client's `host_network`", "The network that services listen on.", true) }
            : [];
        var traefik = _options.Traefik is { } known
            ? TraefikInputs.Create(
                plan,
                known,
                TraefikProvider.Nomad,
                "`--providers.nomad.endpoint.address=…`"
                    + (_options.Namespace == "default" ? "" : $", `--providers.nomad.namespaces={_options.Namespace}`")
            )
            : [];
        return PlainSettings
            .Inputs(plan)
            .Concat(BuiltImages.Inputs(plan, "every client's images"))
            .Concat(clients)
            .Concat(traefik)
            .ToEquatableArray();
    }

    /// <inheritdoc />
    public EquatableArray<PublishedFile> Write(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (names, jobHashes) = (new NomadNames(plan), new Dictionary<string, string>(StringComparer.Ordinal));
        var (templates, volumes) = (new NomadTemplates(plan, names), new NomadVolumes(_options, names));
        var jobs = new NomadJob(
            plan,
            _options,
            names,
            new(plan, _options, names),
            new(_options, templates),
            new(plan, names, templates, jobHashes),
            volumes,
            jobHashes
        );
        // In their order of start: who waits for a job must know its content.
        List<PublishedFile> files = [.. StartOrder.Compute(plan).SelectMany(static wave => wave).Select(jobs.Write)];
        foreach (var volume in plan.Volumes)
            files.Add(
                volumes.Write(
                    volume,
                    plan.Workloads.FirstOrDefault(workload => workload.Mounts.Any(mount => mount.Volume == volume.Name))?.Isolation
                        ?? Isolation.ImageOwn
                )
            );
        if (OwnGateway(plan) is { } gateway)
            files.AddRange([
                new NomadGateway(plan, _options, names, templates).Write(),
                volumes.Write(NomadGateway.VolumeOf(gateway), WellKnownImages.Caddy.Isolation),
            ]);
        files.Add(SecretsScript.Write(plan, [], PlainSettings.File, imageWithShell: null));
        files.AddRange(NomadScripts.Write(plan, _options, names, jobHashes, OwnGateway(plan)));
        files.Add(NomadPolicy.Write(plan, _options));
        files.Add(new(".gitignore", "/secrets/\n/.deploying*/\n"));
        if (PlainSettings.Write(plan) is { } settings)
            files.Add(settings);
        return files.ToEquatableArray();
    }

    /// <inheritdoc />
    public EquatableArray<OperatorCommand> Commands(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var label = plan.Workloads.FirstOrDefault(static workload => !workload.IsJob)?.Label ?? "NAME";
        var job = new NomadNames(plan).JobOf(label);
        return
        [
            new("see what a deployment would change", "./deploy.sh --dry-run"),
            new("deploy, or update", "./deploy.sh"),
            new("see what runs", "./status.sh"),
            new("read logs", $"nomad alloc logs -namespace {_options.Namespace} -f -job {job} {label}"),
            new("go back to the version before", $"nomad job revert -namespace {_options.Namespace} {job} VERSION"),
            new("take it away, but for its data", "./destroy.sh"),
        ];
    }

    private PublicGateway? OwnGateway(DeploymentPlan plan) => _options.Traefik is null ? plan.Gateway : null;
}
