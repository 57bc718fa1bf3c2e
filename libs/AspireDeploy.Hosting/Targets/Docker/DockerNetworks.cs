using AspireDeploy.Model;

namespace AspireDeploy.Targets.Docker;

/// <summary>A network of a deployment.</summary>
/// <param name="Name">Its name: that of the workload it leads to.</param>
/// <param name="Internal">Whether nothing on it can reach the outside.</param>
/// <param name="Members">The labels of those on it, in order.</param>
internal sealed record DockerNetwork(string Name, bool Internal, EquatableArray<string> Members);

/// <summary>
/// One network for each workload that others connect to, with it and them on it and nobody else. A workload that is on none, or may reach
/// the outside and is on internal ones alone, gets one of its own.
/// </summary>
internal static class DockerNetworks
{
    /// <summary>Returns the networks that each is on, by label.</summary>
    internal static ILookup<string, DockerNetwork> ByMember(EquatableArray<DockerNetwork> networks) =>
        networks
            .SelectMany(static network => network.Members.Select(member => (member, network)))
            .ToLookup(static pair => pair.member, static pair => pair.network, StringComparer.Ordinal);

    /// <summary>Returns the networks of a deployment, less the gateway's where it runs none itself.</summary>
    internal static EquatableArray<DockerNetwork> Create(DeploymentPlan plan, DockerOptions options) =>
        Create(plan with { Gateway = options.OwnGateway(plan) });

    /// <summary>Returns what the engine calls a deployment's network.</summary>
    /// <param name="plan">The plan, by the name that it is deployed under.</param>
    /// <param name="network">The network.</param>
    internal static string NameOf(DeploymentPlan plan, DockerNetwork network) => $"{plan.Name.ToLowerInvariant()}_{network.Name}";

    internal static EquatableArray<DockerNetwork> Create(DeploymentPlan plan)
    {
        var networks = new List<DockerNetwork>();
        var links = Links.Find(plan).ToLookup(static link => link.To, static link => link.From);
        var joined = new HashSet<string>(StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        foreach (var workload in plan.Workloads)
        {
            if (!links.Contains(workload.Name))
                continue;
            var members = links[workload.Name]
                .Append(workload.Name)
                .Select(static name => name.ToLowerInvariant())
                .Distinct()
                .Order(StringComparer.Ordinal)
                .ToEquatableArray();
            networks.Add(new(workload.Label, !workload.Outbound, members));
            joined.UnionWith(members);
            if (workload.Outbound)
                reached.UnionWith(members);
        }
        foreach (var workload in plan.Workloads)
        {
            // Docker publishes no port of a container that is on internal networks alone.
            var outside = workload.Outbound || workload.Ports.Any(static port => port.External);
            if (reached.Contains(workload.Label) || (!outside && joined.Contains(workload.Label)))
                continue;
            networks.Add(new(links.Contains(workload.Name) ? $"{workload.Label}-outside" : workload.Label, !outside, [workload.Label]));
        }
        if (plan.Gateway is { } gateway && !reached.Contains(gateway.Label))
            networks.Add(new($"{gateway.Label}-outside", Internal: false, [gateway.Label]));
        return networks.OrderBy(static network => network.Name, StringComparer.Ordinal).ToEquatableArray();
    }
}
