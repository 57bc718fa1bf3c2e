using System.Globalization;
using AspireDeploy.Model;

namespace AspireDeploy.Targets.Docker;

/// <summary>The ports of the machine that a deployment takes, on targets where one machine's ports are all there are.</summary>
internal static class HostPorts
{
    /// <summary>Returns the ports that two would take.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="gateway">The gateway that the deployment runs itself; null: it runs none.</param>
    internal static IEnumerable<PlanError> Conflicts(DeploymentPlan plan, PublicGateway? gateway)
    {
        var taken = new Dictionary<(int Number, PortProtocol Protocol), string>();
        foreach (var (number, protocol) in PortsOf(gateway))
            taken[(number, protocol)] = "the gateway's port on the machine";
        foreach (var workload in plan.Workloads)
        {
            foreach (var port in workload.Ports.Where(static port => port.External))
            {
                var number = port.ExternalNumber ?? port.Number;
                if (taken.TryAdd((number, port.Protocol), $"the port of {workload.Name}'s endpoint \"{port.Name}\" on the machine"))
                    continue;
                yield return new(
                    $"{workload.Name}.ports.{port.Name}",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{number} is {taken[(number, port.Protocol)]} already; give this one another: port: "
                            + $"{FreeBeside(taken.Keys, number)}"
                    )
                );
            }
        }
    }

    private static IEnumerable<(int Number, PortProtocol Protocol)> PortsOf(PublicGateway? gateway)
    {
        if (gateway is null)
            yield break;
        yield return (gateway.HttpPort, PortProtocol.Tcp);
        if (!gateway.IsHttps)
            yield break;
        yield return (gateway.HttpsPort, PortProtocol.Tcp);
        yield return (gateway.HttpsPort, PortProtocol.Udp);
    }

    private static int FreeBeside(IEnumerable<(int Number, PortProtocol Protocol)> taken, int number)
    {
        var numbers = taken.Select(static port => port.Number).ToHashSet();
        do number = number == 65535 ? 1024 : number + 1;
        while (numbers.Contains(number));
        return number;
    }
}
