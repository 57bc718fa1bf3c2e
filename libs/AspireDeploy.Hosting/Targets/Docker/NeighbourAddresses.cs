using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Docker;

/// <summary>
/// Addresses of neighbours for those who are on a network with other applications, as behind a Traefik that runs already: another
/// application's service may have the same name there. Docker's DNS takes a name with that of a network too, and answers from that network
/// alone: <c>api.shop_api</c>.
/// </summary>
internal static class NeighbourAddresses
{
    /// <summary>Returns the plan with these addresses written into the values of those workloads.</summary>
    /// <param name="plan">The plan, by the name that it is deployed under.</param>
    /// <param name="options">What was chosen of the target.</param>
    /// <param name="networks">The deployment's own networks.</param>
    internal static DeploymentPlan In(DeploymentPlan plan, DockerOptions options, EquatableArray<DockerNetwork> networks) =>
        plan with
        {
            Workloads = plan
                .Workloads.Select(workload => options.TraefikOf(plan, workload) is null ? workload : In(plan, workload, networks))
                .ToEquatableArray(),
        };

    private static Workload In(DeploymentPlan plan, Workload workload, EquatableArray<DockerNetwork> networks)
    {
        var addresses = new ServiceAddresses(plan);
        return workload with
        {
            Environment = workload.Environment.Select(variable => variable with { Value = Written(variable.Value) }).ToEquatableArray(),
            Arguments = workload.Arguments.Select(Written).ToEquatableArray(),
            SecretFiles = workload.SecretFiles.Select(file => file with { Content = Written(file.Content) }).ToEquatableArray(),
        };

        Template Written(Template value) =>
            value.Parts.OfType<EndpointReference>().Any() ? Template.Create([.. value.Parts.Select(Part)]) : value;

        TemplatePart Part(TemplatePart part) =>
            part is EndpointReference reference
                ? new Literal(addresses.Resolve(reference, HostOf(plan, workload, plan.WorkloadNamed(reference.Workload), networks)))
                : part;
    }

    // Its own name is on whichever network it is on.
    private static string HostOf(DeploymentPlan plan, Workload from, Workload to, EquatableArray<DockerNetwork> networks)
    {
        var shared = networks.Where(network => network.Members.Contains(from.Label) && network.Members.Contains(to.Label)).ToList();
        return (shared.FirstOrDefault(network => network.Name == to.Label) ?? shared.FirstOrDefault()) is { } network
            ? $"{to.Label}.{DockerNetworks.NameOf(plan, network)}"
            : to.Label;
    }
}
