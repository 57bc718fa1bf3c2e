using Aspire.Hosting.ApplicationModel;
using AspireDeploy;
using AspireDeploy.Model;
using AspireDeploy.Pipeline;
using AspireDeploy.Targets.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Declares Kubernetes as a target.</summary>
public static class KubernetesTargetBuilderExtensions
{
    /// <summary>Publishes the application for Kubernetes, and deploys it to the cluster of the current context.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The target's name, which is its folder's.</param>
    /// <returns>The target.</returns>
    /// <exception cref="DistributedApplicationException">The name is taken, or has capitals.</exception>
    public static IResourceBuilder<KubernetesTargetResource> AddKubernetesTarget(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name = "kubernetes"
    ) => builder.AddTarget(new KubernetesTargetResource(name));

    /// <summary>Chooses the namespace; the application's name unless chosen. It is the deployment's own.</summary>
    /// <param name="builder">The target.</param>
    /// <param name="name">The namespace.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<KubernetesTargetResource> WithNamespace(
        this IResourceBuilder<KubernetesTargetResource> builder,
        string name
    ) => builder.Choose(options => options with { Namespace = name });

    /// <summary>Has nodes pull images with a Secret, where the registry asks for one.</summary>
    /// <param name="builder">The target.</param>
    /// <param name="name">A Secret of type <c>kubernetes.io/dockerconfigjson</c> in the namespace.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<KubernetesTargetResource> WithPullSecret(
        this IResourceBuilder<KubernetesTargetResource> builder,
        string name
    ) => builder.Choose(options => options with { PullSecret = name });

    /// <summary>Chooses what the namespace admits; <see cref="PodSecurity.Restricted"/> unless chosen.</summary>
    /// <param name="builder">The target.</param>
    /// <param name="level">The Pod Security Standard.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<KubernetesTargetResource> WithPodSecurity(
        this IResourceBuilder<KubernetesTargetResource> builder,
        PodSecurity level
    ) => builder.Choose(options => options with { PodSecurity = level });

    /// <summary>
    /// Gives requests and limits to what declares none, for a namespace whose quota asks for them; nothing is given unless chosen.
    /// </summary>
    /// <param name="builder">The target.</param>
    /// <param name="memory">The memory that a container may use: <c>512Mi</c>.</param>
    /// <param name="memoryRequest">What is set aside for it: <c>128Mi</c>.</param>
    /// <param name="cpu">The cores that a container may use; null: as many as are idle.</param>
    /// <param name="cpuRequest">The cores set aside for it.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<KubernetesTargetResource> WithDefaultResources(
        this IResourceBuilder<KubernetesTargetResource> builder,
        string memory,
        string memoryRequest,
        decimal? cpu = null,
        decimal cpuRequest = 0.1m
    )
    {
        var (limit, request) = (Size.Parse(memory), Size.Parse(memoryRequest));
        ArgumentOutOfRangeException.ThrowIfLessThan(cpuRequest, 0);
        return builder.Choose(options => options with { DefaultMemory = new(request, limit), DefaultCpu = new(cpuRequest, cpu) });
    }

    /// <summary>Chooses where data is.</summary>
    /// <param name="builder">The target.</param>
    /// <param name="storageClass">The class of volumes that one replica writes; null: the cluster's default.</param>
    /// <param name="shared">The class of volumes that several share (ReadWriteMany); null: there is none.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<KubernetesTargetResource> WithStorageClass(
        this IResourceBuilder<KubernetesTargetResource> builder,
        string? storageClass = null,
        string? shared = null
    ) => builder.Choose(options => options with { StorageClass = storageClass, SharedStorageClass = shared });

    /// <summary>Chooses how the gateway is served: by an Ingress of a controller that the cluster has.</summary>
    /// <param name="builder">The target.</param>
    /// <param name="ingressClass">The IngressClass; null: the cluster's default.</param>
    /// <param name="clusterIssuer">The ClusterIssuer of cert-manager that signs the certificate; null: cert-manager isn't asked.</param>
    /// <param name="certificateSecret">A Secret of type <c>kubernetes.io/tls</c> in the namespace with the certificate; null: the issuer
    /// makes one.</param>
    /// <param name="controllerNamespace">
    /// The namespace of the controller's pods, which alone may connect to what the gateway serves. Defaults to <c>haproxy-controller</c>
    /// for the class <c>haproxy</c> and <c>ingress-nginx</c> for <c>nginx</c>; others must be named.
    /// </param>
    /// <param name="redirectsToHttps">Whether the controller redirects HTTP to HTTPS by itself or by the annotations; needn't be said of
    /// the classes <c>haproxy</c> and <c>nginx</c>.</param>
    /// <param name="annotations">Annotations for the controller, by name; null: none.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<KubernetesTargetResource> WithIngress(
        this IResourceBuilder<KubernetesTargetResource> builder,
        string? ingressClass = null,
        string? clusterIssuer = null,
        string? certificateSecret = null,
        string? controllerNamespace = null,
        bool redirectsToHttps = false,
        IReadOnlyDictionary<string, string>? annotations = null
    ) =>
        builder.Choose(options =>
            options with
            {
                Ingress = new()
                {
                    Class = ingressClass,
                    ClusterIssuer = clusterIssuer,
                    CertificateSecret = certificateSecret,
                    ControllerNamespace = controllerNamespace,
                    RedirectsToHttps = redirectsToHttps,
                    Annotations = annotations ?? new Dictionary<string, string>(),
                },
            }
        );

    private static IResourceBuilder<KubernetesTargetResource> Choose(
        this IResourceBuilder<KubernetesTargetResource> builder,
        Func<KubernetesOptions, KubernetesOptions> choose
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.Options = choose(builder.Resource.Options);
        return builder;
    }
}
