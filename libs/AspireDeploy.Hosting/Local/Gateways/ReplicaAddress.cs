using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Replicas;

namespace AspireDeploy.Local.Gateways;

/// <summary>
/// Describes where a replica itself listens. Aspire tells the address of a whole service, behind which its engine balances; a replica's own
/// port is known to the replica alone, in its environment. So it is given a variable with the port, and what the engine has put there is
/// read back.
/// </summary>
internal static class ReplicaAddress
{
    internal static void Reveal(IResourceWithEndpoints service, EndpointReference endpoint)
    {
        // A container's own port isn't on this machine.
        if (service is ContainerResource)
            return;
        service.Annotations.Add(
            new EnvironmentCallbackAnnotation(context =>
            {
                if (context.ExecutionContext.IsRunMode)
                    context.EnvironmentVariables[Variable(endpoint)] = endpoint.Property(EndpointProperty.TargetPort);
            })
        );
    }

    /// <summary>Returns the address; the service's own where the replica's isn't known.</summary>
    internal static string For(ReplicaFacts replica, EndpointReference endpoint) =>
        int.TryParse(replica.Variable(Variable(endpoint)), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? string.Create(CultureInfo.InvariantCulture, $"{endpoint.Scheme}://127.0.0.1:{port}")
            : endpoint.Url;

    private static string Variable(EndpointReference endpoint) =>
        $"GATEWAY_TARGET_{endpoint.EndpointName.ToUpperInvariant().Replace('-', '_')}";
}
