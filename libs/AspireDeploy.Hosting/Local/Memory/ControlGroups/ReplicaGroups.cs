using System.Collections.Concurrent;

namespace AspireDeploy.Local.Memory.ControlGroups;

/// <summary>
/// Has the kernel hold replicas to their limits, where this process may make control groups: what fills memory faster than the watch looks
/// is ended by the kernel, at the limit. Elsewhere it does nothing, and says nothing: the watch holds them there too.
/// </summary>
internal sealed class ReplicaGroups : IDisposable
{
    private readonly Lazy<RunGroup?> _group = new(static () =>
        MemoryHierarchy.Current() is { } hierarchy ? RunGroup.Create(hierarchy) : null
    );
    private readonly ConcurrentDictionary<string, MemoryUse> _entered = new();

    /// <summary>Puts a run of a replica into a group of its own, unless that was tried before.</summary>
    internal void Enter(string run, int pid, long limit)
    {
        if (_group.Value is { } group && _entered.TryAdd(run, new(limit, limit)))
            group.Enter(run, pid, limit);
    }

    /// <summary>Returns why the kernel ended a run: <c>used 256 MiB of 256 MiB</c>; null if it didn't.</summary>
    internal string? EndOf(string run) => _entered.TryGetValue(run, out var use) && _group.Value!.WasKilledIn(run) ? $"used {use}" : null;

    /// <summary>Removes the groups of runs that have ended.</summary>
    internal void KeepOnly(IReadOnlyCollection<string> runs)
    {
        foreach (var gone in _entered.Keys.Except(runs).ToList())
        {
            if (_group.Value!.Leave(gone))
                _entered.TryRemove(gone, out _);
        }
    }

    public void Dispose()
    {
        if (_group.IsValueCreated)
            _group.Value?.Remove();
    }
}
