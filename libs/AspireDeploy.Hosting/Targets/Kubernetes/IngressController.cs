using AspireDeploy.Model;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>
/// Describes what must be known of an Ingress controller for what an Ingress can't say by itself: redirects, stripped prefixes, TLS towards
/// the service, requests that met a lost replica.
/// </summary>
/// <param name="Class">The name that its IngressClass has, unless somebody chose another.</param>
/// <param name="Namespace">The namespace that its own instructions install it in.</param>
/// <param name="Redirect">The annotation by which HTTP is redirected to HTTPS.</param>
/// <param name="Strip">The annotation by which a prefix is taken off.</param>
/// <param name="Tls">The annotation by which services are spoken to by HTTPS.</param>
/// <param name="Http2">The annotation by which services are spoken to by HTTP/2 without TLS.</param>
/// <param name="Retry">The annotation by which another replica is asked when one is lost; null: the controller does so by itself.</param>
/// <param name="Limits">
/// The annotations for limits that the controller would choose by itself: a request's size, and how long an answer may be silent.
/// </param>
internal sealed record IngressController(
    string Class,
    string Namespace,
    (string Name, string Value) Redirect,
    Func<string, (string Name, string Value)> Strip,
    (string Name, string Value) Tls,
    (string Name, string Value) Http2,
    (string Name, string Value)? Retry,
    EquatableArray<(string Name, string Value)> Limits
)
{
    /// <summary>
    /// HAProxy's controller. By itself it tries the same replica three times, a second apart, and then answers 503: long before the cluster
    /// has told it that the replica is gone. What may have been carried out isn't asked again.
    /// (https://www.haproxy.com/documentation/kubernetes-ingress/community/configuration-reference/ingress/)
    /// </summary>
    private static IngressController HaProxy { get; } =
        new(
            "haproxy",
            "haproxy-controller",
            ("haproxy.org/ssl-redirect", "true"),
            static prefix => ("haproxy.org/path-rewrite", $"{prefix.Replace(".", "\\.", StringComparison.Ordinal)}/?(.*) /\\1"),
            ("haproxy.org/server-ssl", "true"),
            ("haproxy.org/server-proto", "h2"),
            (
                "haproxy.org/backend-config-snippet",
                "option redispatch 1\nretry-on conn-failure empty-response\nhttp-request disable-l7-retry unless { method GET HEAD "
                    + "OPTIONS }"
            ),
            Limits: []
        );

    /// <summary>
    /// Gets the Kubernetes project's controller on nginx; an Ingress with a rewrite has regular expressions for paths. By itself it refuses
    /// bodies of more than 1 MB, and gives an answer up that is silent for 60 s. How large is too large, a service says itself, and it may
    /// be silent as long as behind the gateway on a developer's machine.
    /// (https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/)
    /// </summary>
    private static IngressController Nginx { get; } =
        new(
            "nginx",
            "ingress-nginx",
            ("nginx.ingress.kubernetes.io/ssl-redirect", "true"),
            static _ => ("nginx.ingress.kubernetes.io/rewrite-target", "/$2"),
            ("nginx.ingress.kubernetes.io/backend-protocol", "HTTPS"),
            ("nginx.ingress.kubernetes.io/backend-protocol", "GRPC"),
            Retry: null,
            [
                ("nginx.ingress.kubernetes.io/proxy-body-size", "0"),
                ("nginx.ingress.kubernetes.io/proxy-read-timeout", "100"),
                ("nginx.ingress.kubernetes.io/proxy-send-timeout", "100"),
            ]
        );

    /// <summary>Gets those that are known.</summary>
    internal static EquatableArray<IngressController> All { get; } = [HaProxy, Nginx];

    /// <summary>Returns the one of a class, or null.</summary>
    internal static IngressController? Find(string? ingressClass) => All.FirstOrDefault(controller => controller.Class == ingressClass);

    /// <summary>Gets a value that indicates whether a path that is stripped is written as a regular expression.</summary>
    internal bool StripsByPattern => this == Nginx;

    /// <summary>Returns the path of a route that is stripped.</summary>
    internal string StrippedPath(string prefix) =>
        StripsByPattern ? $"{prefix.Replace(".", "\\.", StringComparison.Ordinal)}(/|$)(.*)" : prefix;
}
