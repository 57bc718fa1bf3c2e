using System.Collections.Concurrent;
using AspireDeploy.Local.Memory.ControlGroups;

namespace AspireDeploy.Local.Replicas;

/// <summary>
/// Describes why runs of replicas were ended, where we ended them, or the kernel did for us: <c>used 271 MiB of 256 MiB</c>.
/// </summary>
internal sealed class EndReasons(ReplicaGroups groups)
{
    private readonly ConcurrentDictionary<string, string> _byRun = new();

    internal void Note(string run, string reason) => _byRun[run] = reason;

    /// <summary>Takes the reason out; null if it ended by itself.</summary>
    internal string? Take(string run) => Noted(run) ?? groups.EndOf(run) ?? Noted(run);

    // Asked twice: the watch notes what the kernel did before it removes the group that tells of it.
    private string? Noted(string run) => _byRun.TryRemove(run, out var reason) ? reason : null;
}
