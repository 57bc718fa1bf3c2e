using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Memory.ControlGroups;
using AspireDeploy.Local.Replicas;
using AspireDeploy.Local.Restarts;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireDeploy.Local.Terminal;

/// <summary>Describes what the table says of one resource.</summary>
/// <param name="Name">The resource's name.</param>
/// <param name="State">The state of its replicas; where they differ, how many are in which.</param>
/// <param name="Health">Whether they are well: <c>Healthy</c>, <c>2 of 3</c>; empty while none runs.</param>
/// <param name="Replicas">How many run of how many; empty for a resource that runs once.</param>
/// <param name="Restarts">How often they were started again, together; empty if never.</param>
/// <param name="Memory">What the replica that is nearest to its limit uses; empty without a limit.</param>
/// <param name="Url">Where it is reached; empty if nowhere.</param>
internal sealed record ResourceRow(string Name, string State, string Health, string Replicas, string Restarts, string Memory, string Url)
{
    /// <summary>Returns the rows of all resources that are shown, in the order of the replicas.</summary>
    internal static IReadOnlyList<ResourceRow> Create(IEnumerable<ReplicaFacts> replicas, Func<ReplicaFacts, MemoryUse?> useOf) =>
        [
            .. replicas
                .Where(ReplicaVisibility.IsShown)
                .GroupBy(replica => replica.Resource)
                .Select(group => Create(group.Key, [.. group], useOf)),
        ];

    private static ResourceRow Create(IResource resource, IReadOnlyList<ReplicaFacts> replicas, Func<ReplicaFacts, MemoryUse?> useOf)
    {
        var running = replicas.Where(replica => replica.IsRunning).ToList();
        var restarts = replicas.Sum(replica =>
            replica.Snapshot.Properties.FirstOrDefault(p => p.Name == RestartSupervisor.RestartsProperty)?.Value as int? ?? 0
        );
        var uses = running.Select(useOf).OfType<MemoryUse>().ToList();
        return new(
            resource.Name,
            StateOf(replicas),
            HealthOf(running),
            resource.GetReplicaCount() > 1 ? string.Create(CultureInfo.InvariantCulture, $"{running.Count} of {replicas.Count}") : "",
            restarts == 0 ? "" : restarts.ToString(CultureInfo.InvariantCulture),
            uses.Count == 0 ? "" : uses.MaxBy(use => use.Percent).ToString(),
            UrlOf(running)
        );
    }

    private static string StateOf(IReadOnlyList<ReplicaFacts> replicas)
    {
        var states = replicas.GroupBy(replica => replica.State!).ToList();
        return states.Count == 1
            ? states[0].Key
            : string.Join("; ", states.Select(state => string.Create(CultureInfo.InvariantCulture, $"{state.Count()} {state.Key}")));
    }

    private static string HealthOf(List<ReplicaFacts> running)
    {
        var healthy = running.Count(replica => replica.Snapshot.HealthStatus == HealthStatus.Healthy);
        return running.Count == 0 ? ""
            : healthy == running.Count ? nameof(HealthStatus.Healthy)
            : healthy == 0 ? nameof(HealthStatus.Unhealthy)
            : string.Create(CultureInfo.InvariantCulture, $"{healthy} of {running.Count}");
    }

    private static string UrlOf(List<ReplicaFacts> running) =>
        running
            .SelectMany(replica => replica.Snapshot.Urls)
            .Where(url => !url.IsInternal && !url.IsInactive)
            .Select(url => url.Url)
            .OrderBy(url => !url.StartsWith("https:", StringComparison.Ordinal))
            .FirstOrDefault("");
}
