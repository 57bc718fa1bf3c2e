using System.Collections.Concurrent;

namespace AspireDeploy.Local.Replicas;

/// <summary>Why runs of replicas were ended, where we ended them: <c>used 271 MiB of 256 MiB</c>.</summary>
internal sealed class EndReasons
{
    private readonly ConcurrentDictionary<string, string> _byRun = new();

    internal void Note(string run, string reason) => _byRun[run] = reason;

    /// <summary>Takes the reason out; null if it ended by itself.</summary>
    internal string? Take(string run) => _byRun.TryRemove(run, out var reason) ? reason : null;
}
