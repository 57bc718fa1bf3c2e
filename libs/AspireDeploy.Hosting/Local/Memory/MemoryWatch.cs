using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Memory.ControlGroups;
using AspireDeploy.Local.Replicas;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Local.Memory;

/// <summary>
/// Measures every replica whose resource has a memory limit, and ends the one that is over it, at once and alone, as a container engine
/// does; between two looks the kernel does, where control groups can be made. What follows is for its restart policy.
/// </summary>
internal sealed class MemoryWatch(
    ReplicaRegistry registry,
    ReplicaGroups groups,
    EndReasons reasons,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    TimeProvider time
) : BackgroundService
{
    internal const string UsedProperty = "Memory";

    // A leak that fills a gigabyte a second is some 250 MiB over before it is seen; a look costs some 50 µs.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, MemoryUse> _uses = new();
    private readonly Dictionary<string, ReplicaFacts> _watched = [];

    /// <summary>Returns what a replica was last measured to use; null if it isn't limited or doesn't run.</summary>
    internal MemoryUse? UseOf(ReplicaFacts replica) => _uses.TryGetValue(replica.Run, out var use) ? use : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var running = registry
                .All.Where(replica => replica.IsRunning && replica.Pid > 0 && replica.Resource.HasAnnotationOfType<MemoryAnnotation>())
                .ToList();
            Forget([.. running.Select(replica => replica.Run)]);
            foreach (var replica in running)
                await MeasureAsync(replica).ConfigureAwait(false);
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Forget(IReadOnlyCollection<string> running)
    {
        foreach (var gone in _watched.Keys.Except(running).ToList())
        {
            if (groups.EndOf(gone) is { } reason)
            {
                loggers.GetLogger(_watched[gone].Id).LogError("It {Reason}, its limit, and was ended by the kernel.", reason);
                reasons.Note(gone, reason);
            }

            _watched.Remove(gone);
            _uses.TryRemove(gone, out _);
        }

        groups.KeepOnly(running);
    }

    private async Task MeasureAsync(ReplicaFacts replica)
    {
        var limit = replica.Resource.Annotations.OfType<MemoryAnnotation>().Last().Memory.Limit.Bytes;
        if (ReplicaProcess.Find(replica.Pid!.Value) is not { } pid)
            return;
        if (_watched.TryAdd(replica.Run, replica))
            groups.Enter(replica.Run, pid, limit);
        if (ResidentMemory.Measure(pid) is not { } bytes)
            return;
        var use = new MemoryUse(bytes, limit);
        var isNews = !_uses.TryGetValue(replica.Run, out var before) || before.Percent / 5 != use.Percent / 5;
        _uses[replica.Run] = use;
        if (isNews)
            await notifications
                .PublishUpdateAsync(replica.Resource, replica.Id, s => s.With(UsedProperty, use.ToString()))
                .ConfigureAwait(false);
        if (use.IsOver)
            End(replica, use);
    }

    private void End(ReplicaFacts replica, MemoryUse use)
    {
        var reason = string.Create(CultureInfo.InvariantCulture, $"used {use}");
        loggers.GetLogger(replica.Id).LogError("It {Reason}, its limit, and is ended.", reason);
        reasons.Note(replica.Run, reason);
        try
        {
            using var process = Process.GetProcessById(replica.Pid!.Value);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It was faster.
        }
    }
}
