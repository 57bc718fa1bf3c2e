using AspireDeploy.Model;

namespace AspireDeploy.Targets.Azure;

/// <summary>The gateway as Container Apps has it: the ingress of the one app that serves it.</summary>
internal static class GatewayModel
{
    /// <summary>Returns the public host name that is bound to it; null: the environment's own domain serves it.</summary>
    internal static Template? DomainOf(DeploymentPlan plan, AzureContainerAppsOptions options) =>
        options.CustomDomain is not { } domain ? null
        : domain.Host is { } host ? Template.FromText(host)
        : plan.Gateway?.Host;

    /// <summary>
    /// Returns whether the declaration leaves the name open: a name that isn't public, or one that is chosen at deployment and is such a
    /// one if it isn't. The environment's own domain does for it.
    /// </summary>
    internal static bool IsOpen(DeploymentPlan plan, PublicGateway gateway) =>
        gateway.Certificate != CertificateMode.Automatic
        || (
            gateway.Host.Parts is [ParameterReference reference]
            && plan.Parameters.FirstOrDefault(parameter => parameter.Name == reference.Parameter) is { Default: { } value }
            && !value.Contains('.', StringComparison.Ordinal)
        );

    /// <summary>Returns why one app's ingress can't be this gateway, with the way out; null: it can.</summary>
    internal static (string What, string Remedy)? Refusal(DeploymentPlan plan, PublicGateway gateway)
    {
        var first = gateway.Routes[^1];
        var others = gateway
            .Routes.Where(route => (route.Workload, route.Port) != (first.Workload, first.Port))
            .Select(static route => route.Workload)
            .Distinct()
            .ToList();
        if (others.Count > 0)
            return (
                $"An app's ingress leads to that app alone, and {gateway.Name} leads to "
                    + string.Join(" and ", others.Prepend(first.Workload)),
                "route every path to one app, and have that send on what is for the others"
            );
        if (gateway.Routes.FirstOrDefault(static route => route is { StripPrefix: true, PathPrefix: not "/" }) is { } stripped)
            return (
                $"An app's ingress takes no prefix off, and {stripped.PathPrefix} is to be taken off",
                $"let {stripped.Workload} serve {stripped.PathPrefix} itself (UsePathBase)"
            );
        if (gateway.Routes.All(static route => route.PathPrefix != "/"))
            return (
                $"An app's ingress serves every path of {first.Workload}, and only "
                    + $"{string.Join(", ", gateway.Routes.Select(static route => route.PathPrefix))} is to be served",
                "route / to it, and let it refuse what isn't for outside"
            );
        return plan.WorkloadNamed(first.Workload).PortNamed(first.Port).Scheme == "https"
            ? (
                $"Ingress ends TLS and speaks HTTP to {first.Workload}, whose port {first.Port} speaks HTTPS",
                $"route to an HTTP port of {first.Workload}"
            )
            : null;
    }
}
