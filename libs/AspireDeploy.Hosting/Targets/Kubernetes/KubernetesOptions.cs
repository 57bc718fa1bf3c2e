using AspireDeploy.Model;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>Describes what can be chosen of the Kubernetes target.</summary>
internal sealed record KubernetesOptions
{
    /// <summary>Gets the target's name, which is its folder's. Defaults to <c>kubernetes</c>.</summary>
    public string Name { get; init; } = "kubernetes";

    /// <summary>
    /// Gets the namespace; null: the application's name. It is the deployment's own: what is in it beside may not be reached.
    /// </summary>
    public string? Namespace { get; init; }

    /// <summary>
    /// Gets a Secret of type <c>kubernetes.io/dockerconfigjson</c> in the namespace, by which images are pulled; null: none is needed.
    /// </summary>
    public string? PullSecret { get; init; }

    /// <summary>
    /// Gets what the namespace admits. Defaults to null: <see cref="PodSecurity.Restricted"/>, or <see cref="PodSecurity.Baseline"/> where
    /// a workload's image needs that.
    /// </summary>
    public PodSecurity? PodSecurity { get; init; }

    /// <summary>Returns what the namespace of a plan admits.</summary>
    internal PodSecurity PodSecurityOf(DeploymentPlan plan) =>
        PodSecurity
        ?? (
            plan.Workloads.All(static workload => IsRestricted(workload.Isolation))
                ? AspireDeploy.PodSecurity.Restricted
                : AspireDeploy.PodSecurity.Baseline
        );

    /// <summary>Returns whether the restricted standard admits a process.</summary>
    internal static bool IsRestricted(Isolation isolation) =>
        isolation.NonRoot && isolation.Capabilities.All(static capability => capability == "NET_BIND_SERVICE");

    /// <summary>Gets the storage class of volumes that one replica writes (ReadWriteOnce); null: the cluster's default.</summary>
    public string? StorageClass { get; init; }

    /// <summary>
    /// Gets the storage class of volumes that several replicas or workloads share (ReadWriteMany); null: there is none, and such a volume
    /// is refused.
    /// </summary>
    public string? SharedStorageClass { get; init; }

    /// <summary>Gets the memory of a container for which none is declared, where the namespace asks for a limit; null: none.</summary>
    public Memory? DefaultMemory { get; init; }

    /// <summary>Gets the processors of a container for which none are declared, where the namespace asks for a limit; null: none.</summary>
    public Cpu? DefaultCpu { get; init; }

    /// <summary>Gets how the gateway is served.</summary>
    public KubernetesIngress Ingress { get; init; } = new();
}

/// <summary>Describes how the gateway is served: an Ingress of a controller that the cluster has.</summary>
internal sealed record KubernetesIngress
{
    /// <summary>Gets the IngressClass; null: the cluster's default.</summary>
    public string? Class { get; init; }

    /// <summary>
    /// Gets the ClusterIssuer of cert-manager that signs the certificate (https://cert-manager.io/docs/usage/ingress/); null: cert-manager
    /// isn't asked.
    /// </summary>
    public string? ClusterIssuer { get; init; }

    /// <summary>
    /// Gets a Secret of type <c>kubernetes.io/tls</c> in the namespace with the certificate, renewed by whoever made it; null: the issuer
    /// makes one.
    /// </summary>
    public string? CertificateSecret { get; init; }

    /// <summary>
    /// Gets a value that indicates whether the controller redirects HTTP to HTTPS where there is TLS, by itself or by
    /// <see cref="Annotations"/>. That of a class known here needn't be said.
    /// </summary>
    public bool RedirectsToHttps { get; init; }

    /// <summary>Annotations for the controller, by name, beside those written for a known class.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Returns the Secret with the certificate; null: the controller serves one of its own.</summary>
    internal string? SecretOf(PublicGateway gateway) =>
        CertificateSecret ?? (ClusterIssuer is null ? null : KubernetesNames.CertificateOf(gateway));

    /// <summary>
    /// Gets the namespace that the controller's pods run in, which alone may connect to what the gateway serves. Defaults to the one in
    /// which the controllers <c>haproxy</c> and <c>nginx</c> are installed by their own instructions; null for other classes.
    /// </summary>
    public string? ControllerNamespace
    {
        get => field ?? IngressController.Find(Class)?.Namespace;
        init;
    }
}
