using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// An app's ingress: HTTP on one port, or TCP, and TCP on up to five more.
/// (https://learn.microsoft.com/azure/container-apps/ingress-overview)
/// </summary>
/// <param name="Main">The port it leads to.</param>
/// <param name="IsGateway">Whether requests from outside come in here.</param>
/// <param name="Others">The other ports, by TCP.</param>
internal sealed record AppIngress(Port Main, bool IsGateway, EquatableArray<Port> Others)
{
    /// <summary>Gets how many ports an app may have beside the main one.</summary>
    internal const int MostOthers = 5;

    /// <summary>Gets a value that indicates whether it speaks HTTP.</summary>
    internal bool IsHttp => Main.IsHttp;

    /// <summary>Gets a value that indicates whether it is reached from outside the environment.</summary>
    internal bool IsExternal => IsGateway || Main.External;

    /// <summary>Returns the ingress of a workload; null if nobody reaches it.</summary>
    internal static AppIngress? For(Workload workload, PublicGateway? gateway)
    {
        if (workload.IsJob || workload.Ports.IsEmpty)
            return null;
        var routed = gateway?.Routes.FirstOrDefault(route => route.Workload == workload.Name);
        var main = routed is not null
            ? workload.PortNamed(routed.Port)
            : workload.Ports.FirstOrDefault(static port => port is { IsHttp: true, External: true })
                ?? workload.Ports.FirstOrDefault(static port => port.IsHttp)
                ?? workload.Ports.FirstOrDefault(static port => port.External)
                ?? workload.Ports[0];
        return new(main, routed is not null, workload.Ports.Where(port => port != main).ToEquatableArray());
    }

    /// <summary>Returns the port by which TCP is reached: the process's own, but outside where another was chosen.</summary>
    internal static int ExposedOf(Port port) => port.External ? port.ExternalNumber ?? port.Number : port.Number;

    /// <summary>Returns the ingress as the app has it.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="domain">A name of one's own that it is reached by; null: none.</param>
    /// <param name="toLatest">Whether there may be more than one revision, of which the latest is meant.</param>
    internal BicepObject Write(PublicGateway? gateway, BicepObject? domain, bool toLatest)
    {
        var ingress = new BicepObject { { "external", IsExternal }, { "targetPort", Main.Number } };
        if (IsHttp)
        {
            ingress.Add("transport", Main.Http2 ? "http2" : "auto");
            ingress.Add("allowInsecure", IsGateway && gateway is { IsHttps: false } or { RedirectToHttps: false });
            ingress.Add("customDomains", domain is null ? null : new BicepArray { domain });
        }
        else
        {
            ingress.Add("exposedPort", ExposedOf(Main));
            ingress.Add("transport", "tcp");
        }
        if (toLatest)
            ingress.Add(
                "traffic",
                new BicepArray
                {
                    new BicepObject { { "latestRevision", true }, { "weight", 100 } },
                }
            );
        ingress.Add(
            "additionalPortMappings",
            new BicepArray(
                Others.Select(static port => new BicepObject
                {
                    { "external", port.External },
                    { "targetPort", port.Number },
                    { "exposedPort", ExposedOf(port) },
                })
            ).OrNothing
        );
        return ingress;
    }
}
