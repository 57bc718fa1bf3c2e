using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>The names by which a workload is reached: from inside, and from outside past the gateway.</summary>
internal sealed class ServiceObject(KubernetesFile file, VolumeClaims claims)
{
    internal static string Protocol(Port port) => port.Protocol == PortProtocol.Udp ? "UDP" : "TCP";

    internal IEnumerable<PublishedFile> Write(Workload workload)
    {
        var headless = claims.IsStatefulSet(workload);
        if (headless || !workload.Ports.IsEmpty)
        {
            var spec = new YamlMap
            {
                { "type", "ClusterIP" },
                { "clusterIP", headless ? "None" : null },
                { "selector", file.Selector(workload.Label) },
                { "ports", Ports(workload.Ports, static port => port.Number) },
            };
            yield return file.Write(
                workload.Label,
                "service",
                "v1 Service",
                workload.Label,
                new YamlMap { { "spec", spec } },
                headless
                    ? $"The name of {workload.Name}, straight to its pod."
                    : $"The name of {workload.Name}, for all its replicas that are ready."
            );
        }
        if (workload.Ports.Where(static port => port.External).ToEquatableArray() is { IsEmpty: false } external)
        {
            var spec = new YamlMap
            {
                { "type", "LoadBalancer" },
                { "selector", file.Selector(workload.Label) },
                { "ports", Ports(external, static port => port.ExternalNumber ?? port.Number) },
            };
            yield return file.Write(
                workload.Label,
                "external-service",
                "v1 Service",
                KubernetesNames.ExternalServiceOf(workload),
                new YamlMap { { "spec", spec } },
                $"What of {workload.Name} is reached from outside past the gateway."
            );
        }
    }

    private static YamlList? Ports(EquatableArray<Port> ports, Func<Port, int> number)
    {
        var list = new YamlList();
        foreach (var port in ports)
            list.Add(
                new YamlMap
                {
                    { "name", DnsLabel.From(port.Name) },
                    { "port", number(port) },
                    { "targetPort", port.Number },
                    { "protocol", Protocol(port) },
                }
            );
        return list.Count == 0 ? null : list;
    }
}
