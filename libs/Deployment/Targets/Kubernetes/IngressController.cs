using AspireDeploy.Plan;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>What must be known of an Ingress controller for what an Ingress can't say by itself: redirects, stripped prefixes, TLS towards the service.</summary>
/// <param name="Class">The name that its IngressClass has, unless somebody chose another.</param>
/// <param name="Redirect">The annotation by which HTTP is redirected to HTTPS.</param>
/// <param name="Strip">The annotation by which a prefix is taken off.</param>
/// <param name="Tls">The annotation by which services are spoken to by HTTPS.</param>
internal sealed record IngressController(string Class, (string Name, string Value) Redirect, Func<string, (string Name, string Value)> Strip, (string Name, string Value) Tls)
{
    /// <summary>HAProxy's controller. (https://www.haproxy.com/documentation/kubernetes-ingress/community/configuration-reference/ingress/)</summary>
    private static IngressController HaProxy { get; } = new("haproxy", ("haproxy.org/ssl-redirect", "true"),
        static prefix => ("haproxy.org/path-rewrite", $"{prefix.Replace(".", "\\.", StringComparison.Ordinal)}/?(.*) /\\1"), ("haproxy.org/server-ssl", "true"));

    /// <summary>
    /// The Kubernetes project's controller on nginx; an Ingress with a rewrite has regular expressions for paths.
    /// (https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/)
    /// </summary>
    private static IngressController Nginx { get; } = new("nginx", ("nginx.ingress.kubernetes.io/ssl-redirect", "true"),
        static _ => ("nginx.ingress.kubernetes.io/rewrite-target", "/$2"), ("nginx.ingress.kubernetes.io/backend-protocol", "HTTPS"));

    /// <summary>Those that are known.</summary>
    internal static EquatableArray<IngressController> All { get; } = [HaProxy, Nginx];

    /// <summary>The one of a class, or null.</summary>
    internal static IngressController? Find(string? ingressClass) => All.FirstOrDefault(controller => controller.Class == ingressClass);

    /// <summary>Whether a path that is stripped is written as a regular expression.</summary>
    internal bool StripsByPattern => this == Nginx;

    /// <summary>The path of a route that is stripped.</summary>
    internal string StrippedPath(string prefix) => StripsByPattern ? $"{prefix.Replace(".", "\\.", StringComparison.Ordinal)}(/|$)(.*)" : prefix;
}
