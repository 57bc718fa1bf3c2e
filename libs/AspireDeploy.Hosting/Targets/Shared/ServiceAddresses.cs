using System.Globalization;
using AspireDeploy.Model;

namespace AspireDeploy.Targets.Shared;

/// <summary>
/// Addresses on engines that give each workload its label as a name in DNS and leave ports as they are: Docker's networks, Kubernetes'
/// services.
/// </summary>
internal sealed class ServiceAddresses(DeploymentPlan plan)
{
    /// <summary>Returns what a reference to a workload's endpoint is.</summary>
    internal string Resolve(EndpointReference reference) => Resolve(reference, plan.WorkloadNamed(reference.Workload).Label);

    /// <summary>Returns the same, by another name in DNS.</summary>
    internal string Resolve(EndpointReference reference, string host)
    {
        var workload = plan.WorkloadNamed(reference.Workload);
        var port = workload.PortNamed(reference.Port);
        var number = port.Number.ToString(CultureInfo.InvariantCulture);
        return reference.Property switch
        {
            EndpointProperty.Host => host,
            EndpointProperty.Port or EndpointProperty.TargetPort => number,
            EndpointProperty.HostAndPort => $"{host}:{number}",
            EndpointProperty.Scheme => port.Scheme,
            _ => $"{port.Scheme}://{host}:{number}",
        };
    }

    /// <summary>Returns what a reference to the gateway is, with its host written by <paramref name="write"/>.</summary>
    internal string Resolve(GatewayReference reference, Func<Template, string> write)
    {
        var gateway = plan.Gateway!;
        var (scheme, port, usual) = gateway.IsHttps ? ("https", gateway.HttpsPort, 443) : ("http", gateway.HttpPort, 80);
        var host = write(gateway.Host);
        var number = port.ToString(CultureInfo.InvariantCulture);
        return reference.Property switch
        {
            EndpointProperty.Host => host,
            EndpointProperty.Port or EndpointProperty.TargetPort => number,
            EndpointProperty.HostAndPort => $"{host}:{number}",
            EndpointProperty.Scheme => scheme,
            _ => port == usual ? $"{scheme}://{host}" : $"{scheme}://{host}:{number}",
        };
    }
}
