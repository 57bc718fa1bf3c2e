using System.Diagnostics;
using Aspire.Hosting.Dashboard.Protocol;
using Grpc.Core;
using Grpc.Net.Client;

namespace AspireDeploy.Bench.Recovery;

/// <summary>Describes how long after a process was killed its resource was told not to run any more.</summary>
/// <param name="Notified">By the notifications, within the AppHost.</param>
/// <param name="Shown">By the resource service, asked from outside as the dashboard asks it.</param>
internal sealed record EndTold(TimeSpan Notified, TimeSpan Shown);

/// <summary>Waits to be told of the end of one instance, by both who tell it.</summary>
internal sealed class EndWatch
{
    private const string Running = "Running";

    private readonly Told _notified = new();
    private readonly Told _shown = new();
    private readonly Task _watching;

    private EndWatch(Solution solution, string instance, CancellationToken cancellationToken) =>
        _watching = Task.WhenAll(
            ReadNotificationsAsync(solution, instance, cancellationToken),
            ReadResourceServiceAsync(solution.ResourceService, instance, cancellationToken)
        );

    /// <summary>Begins to wait; returns when both have told that it runs.</summary>
    internal static async Task<EndWatch> BeginAsync(Solution solution, ResourceEvent victim, CancellationToken cancellationToken)
    {
        var watch = new EndWatch(solution, victim.ResourceId, cancellationToken);
        await await Task.WhenAny(watch._watching, Task.WhenAll(watch._notified.Runs, watch._shown.Runs));
        return watch;
    }

    /// <summary>Waits until both have told.</summary>
    /// <param name="killed">The timestamp of the kill.</param>
    internal async Task<EndTold> SinceAsync(long killed)
    {
        await _watching;
        return new(Stopwatch.GetElapsedTime(killed, _notified.EndedAt), Stopwatch.GetElapsedTime(killed, _shown.EndedAt));
    }

    private async Task ReadNotificationsAsync(Solution solution, string instance, CancellationToken cancellationToken)
    {
        await foreach (var update in solution.WatchAsync(cancellationToken))
        {
            if (update.ResourceId == instance && _notified.IsEnd(update.Snapshot.State?.Text))
                return;
        }
    }

    private async Task ReadResourceServiceAsync(Uri address, string instance, CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress(address);
        using var call = new DashboardService.DashboardServiceClient(channel).WatchResources(new(), cancellationToken: cancellationToken);
        await foreach (var update in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            IEnumerable<Aspire.Hosting.Dashboard.Protocol.Resource?> told = update.InitialData?.Resources
                ?? update.Changes.Value.Select(change => change.Upsert);
            if (told.FirstOrDefault(resource => resource?.Name == instance) is { } now && _shown.IsEnd(now.State))
                return;
        }
    }

    private sealed class Told
    {
        private readonly TaskCompletionSource _runs = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task Runs => _runs.Task;

        internal long EndedAt { get; private set; }

        /// <summary>Takes in a state, and whether that is the end: any other after it ran.</summary>
        internal bool IsEnd(string? state)
        {
            if (state == Running)
            {
                _runs.TrySetResult();
                return false;
            }

            EndedAt = Stopwatch.GetTimestamp();
            return Runs.IsCompleted;
        }
    }
}
