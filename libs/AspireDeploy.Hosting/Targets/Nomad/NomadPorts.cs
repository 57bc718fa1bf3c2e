using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AspireDeploy.Model;

namespace AspireDeploy.Targets.Nomad;

/// <summary>
/// The ports of a client that workloads listen on. One replica that stops before the next one starts keeps its port, so that those who know
/// its address needn't be restarted when it is replaced; Nomad chooses for all others.
/// </summary>
internal sealed class NomadPorts(DeploymentPlan plan, NomadOptions options)
{
    // Below the range of clients, and above what servers usually listen on.
    private const int First = 10_000;
    private const int Count = 10_000;
    private const int DynamicFirst = 20_000;
    private const int DynamicLast = 32_000;

    /// <summary>Returns whether a workload is one replica, which stops before the next one starts.</summary>
    internal static bool IsSingle(Workload workload) =>
        workload is { IsJob: false, Scale.Maximum: 1 }
        && (workload.Update == UpdateOrder.StopFirst || workload.Ports.Any(static port => port.External));

    /// <summary>Returns the port of a client, or null where Nomad chooses it.</summary>
    internal int? StaticOf(Workload workload, Port port)
    {
        if (port.External)
            return port.ExternalNumber ?? port.Number;
        if (!IsSingle(workload))
            return null;
        if (Chosen(workload, port) is { } chosen)
            return chosen;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{plan.Name.ToLowerInvariant()}/{workload.Label}/{port.Name}"));
        return First + (int)(BinaryPrimitives.ReadUInt32BigEndian(hash) % Count);
    }

    internal IEnumerable<PlanError> Check()
    {
        foreach (var (name, number) in options.StaticPorts.OrderBy(static each => each.Key, StringComparer.Ordinal))
        {
            if (
                plan
                    .Workloads.Where(IsSingle)
                    .All(workload =>
                        !workload.Ports.Any(port => !port.External && (name == workload.Name || name == $"{workload.Name}.{port.Name}"))
                    )
            )
                yield return new(
                    $"{options.Name}.staticPorts.{name}",
                    "names no port of a single replica that stops before the next one starts; .WithStaticPort(\"RESOURCE\", "
                        + $"{number}) names one"
                );
            else if (number is < 1 or > ushort.MaxValue)
                yield return new(
                    $"{options.Name}.staticPorts.{name}",
                    $"{number} is no port; choose one from 1 to 65535, and not from {DynamicFirst} to {DynamicLast}"
                );
            else if (number is >= DynamicFirst and <= DynamicLast)
                yield return new(
                    $"{options.Name}.staticPorts.{name}",
                    $"{number} is one of those that clients give out themselves ({DynamicFirst} to {DynamicLast}), so another may "
                        + "have it already; choose one outside"
                );
        }
        var taken = new Dictionary<int, string>();
        foreach (
            var (workload, port) in plan
                .Workloads.SelectMany(static workload => workload.Ports.Select(port => (workload, port)))
                .OrderBy(static each => !each.port.External)
        )
        {
            var name = $"{workload.Name}.{port.Name}";
            if (StaticOf(workload, port) is not { } number || taken.TryAdd(number, name) || port.External)
                continue;
            yield return new(
                $"{workload.Name}.ports.{port.Name}",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{number} is {taken[number]}'s port on a client already; choose another with .WithStaticPort(\"{name}\", "
                        + $"{(number == First ? First + 1 : First)})"
                )
            );
        }
        if (plan.Gateway is not { } gateway || options.Traefik is not null)
            yield break;
        foreach (var number in gateway.IsHttps ? (int[])[gateway.HttpPort, gateway.HttpsPort] : [gateway.HttpPort])
        {
            if (taken.TryGetValue(number, out var name) && !IsExternal(name))
                yield return new(
                    $"{name.Replace(".", ".ports.", StringComparison.Ordinal)}",
                    $"{number} is the gateway's port on a client already; choose another with .WithStaticPort(\"{name}\", {First})"
                );
        }
    }

    private bool IsExternal(string name) =>
        plan.Workloads.Any(workload => workload.Ports.Any(port => port.External && name == $"{workload.Name}.{port.Name}"));

    private int? Chosen(Workload workload, Port port) =>
        options.StaticPorts.TryGetValue($"{workload.Name}.{port.Name}", out var own) ? own
        : workload.Ports.Count(static each => !each.External) == 1 && options.StaticPorts.TryGetValue(workload.Name, out var only) ? only
        : null;
}
