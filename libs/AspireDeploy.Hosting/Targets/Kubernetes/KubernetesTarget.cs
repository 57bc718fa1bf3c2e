using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>
/// Kubernetes: manifests under a <c>kustomization.yaml</c>, one file per object, a folder per resource, and short scripts for people
/// without the AppHost. It needs Kubernetes 1.34 or later and a <c>kubectl</c> to match.
/// </summary>
internal sealed class KubernetesTarget(KubernetesOptions? options = null) : ITarget
{
    private readonly KubernetesOptions _options = options ?? new();

    /// <inheritdoc />
    public string Name => _options.Name;

    /// <inheritdoc />
    public string Kind => "kubernetes";

    /// <inheritdoc />
    public string Title => "Kubernetes";

    /// <inheritdoc />
    /// <remarks>It runs commands too; the kubelet's own request starts no process in the container each time.</remarks>
    public bool AsksByHttp => true;

    /// <inheritdoc />
    /// <remarks>
    /// What a pod's <c>fsGroup</c> owns its group may read, whatever the mode says.
    /// (https://kubernetes.io/docs/tasks/configure-pod-container/security-context/)
    /// </remarks>
    public bool HasPrivateFiles => false;

    /// <inheritdoc />
    public ConceptTable Concepts => field ??= KubernetesConcepts.Table(_options);

    /// <inheritdoc />
    public IReadOnlyList<PlanError> Check(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return KubernetesChecks.Check(plan, _options);
    }

    /// <inheritdoc />
    public EquatableArray<RequiredInput> Inputs(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return PlainSettings
            .Inputs(plan)
            .Concat(BuiltImages.Inputs(plan, "every node's images"))
            .Concat(InputsOfGateway(plan))
            .ToEquatableArray();
    }

    /// <inheritdoc />
    public EquatableArray<PublishedFile> Write(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (file, claims) = (new KubernetesFile(plan, _options), new VolumeClaims(plan, _options));
        var waits = new PodWaits(plan, _options, claims);
        var pod = new Pod(file, _options, new(plan), claims, waits, [.. Links.Find(plan).Select(static link => link.To)]);
        var (workloads, services, scale, access, policies) = (
            new WorkloadObjects(file, pod, claims, waits),
            new ServiceObject(file, claims),
            new ScaleObjects(file),
            new AccessObjects(file, waits),
            new NetworkPolicies(plan, _options, file)
        );
        var objects = new List<PublishedFile> { NamespaceFile(plan, file), policies.DenyAll() };
        objects.AddRange(claims.Write(file));
        // In their order of start: who waits for a job must know the name of its Job.
        foreach (var workload in StartOrder.Compute(plan).SelectMany(static wave => wave))
            objects.AddRange([
                workloads.Write(workload),
                .. services.Write(workload),
                .. scale.Write(workload),
                .. access.Write(workload),
                policies.Write(workload),
            ]);
        objects.AddRange(new IngressObjects(plan, _options, file).Write());
        if (policies.Challenge() is { } challenge)
            objects.Add(challenge);
        file.RefuseOthers();

        List<PublishedFile> files = [.. objects, Kustomization.Write(plan, file, objects), new(".gitignore", "/secrets/\n/.deploying*/\n")];
        files.Add(SecretsScript.Write(plan, plan.Workloads.SelectMany(PodSecrets.ComposedOf), PlainSettings.File, imageWithShell: null));
        files.AddRange(KubernetesScripts.Write(plan, file, claims, waits, objects, _options));
        files.AddRange(plan.Workloads.SelectMany(PodFiles.Write));
        if (PlainSettings.Write(plan) is { } settings)
            files.Add(settings);
        return files.ToEquatableArray();
    }

    /// <inheritdoc />
    public EquatableArray<OperatorCommand> Commands(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var space = KubernetesFile.NamespaceOf(plan, _options);
        var service = plan.Workloads.FirstOrDefault(workload =>
            !workload.IsJob && !new VolumeClaims(plan, _options).IsStatefulSet(workload)
        )?.Label
            ?? "NAME";
        return
        [
            new("see what a deployment would change", "./deploy.sh --dry-run"),
            new("deploy, or update", "./deploy.sh"),
            new("see what runs", "./status.sh"),
            new("read logs", $"kubectl --namespace {space} logs --follow --prefix --selector {KubernetesFile.NameLabel}={service}"),
            new("go back to the version before", $"kubectl --namespace {space} rollout undo deployment/{service}"),
            new("take it away, but for its data", "./destroy.sh"),
        ];
    }

    private IEnumerable<RequiredInput> InputsOfGateway(DeploymentPlan plan)
    {
        if (plan.Gateway is not { } gateway)
            yield break;
        yield return new(
            _options.Ingress.Class ?? "an IngressClass",
            "the cluster",
            "The Ingress controller that serves the gateway.",
            true
        );
        if (!gateway.IsHttps)
            yield break;
        if (_options.Ingress.CertificateSecret is { } secret)
            yield return new(secret, "the namespace, a Secret of type `kubernetes.io/tls`", "The certificate.", true);
        else if (_options.Ingress.ClusterIssuer is { } issuer)
            yield return new(issuer, "the cluster, a ClusterIssuer of cert-manager", "Who signs the certificate.", true);
    }

    private PublishedFile NamespaceFile(DeploymentPlan plan, KubernetesFile file)
    {
        var level = _options.PodSecurityOf(plan) == PodSecurity.Restricted ? "restricted" : "baseline";
        var labels = new YamlMap
        {
            { "pod-security.kubernetes.io/enforce", level },
            { "pod-security.kubernetes.io/enforce-version", "latest" },
            { "pod-security.kubernetes.io/warn", "restricted" },
            { "pod-security.kubernetes.io/warn-version", "latest" },
        };
        return file.Write(
            "",
            "namespace",
            "v1 Namespace",
            file.Namespace,
            new(),
            $"Where all of it is. It admits no pod beyond the {level} Pod Security Standard.",
            labels,
            namespaced: false
        );
    }
}
