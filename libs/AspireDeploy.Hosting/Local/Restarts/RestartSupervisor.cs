using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Replicas;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Local.Restarts;

/// <summary>
/// Starts replicas again that ended by themselves, as their resource's policy says. One that a person (or a command of ours) stops goes
/// through <see cref="KnownResourceStates.Stopping"/> first: that isn't a crash. While it waits, the dashboard says when the next try is; a
/// person may start or stop it meanwhile.
/// </summary>
internal sealed class RestartSupervisor(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ReplicaCommands commands,
    EndReasons reasons,
    IHostApplicationLifetime lifetime,
    TimeProvider time
) : IReplicaObserver
{
    internal const string RestartsProperty = "Restarts";
    internal const string LastExitCodeProperty = "Last exit code";
    internal const string LastEndProperty = "Last end";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Record> _records = [];

    public void Observe(ReplicaFacts? before, ReplicaFacts after)
    {
        if (!after.Resource.TryGetLastAnnotation<RestartPolicyAnnotation>(out var declared))
            return;
        var record = RecordOf(after.Id);
        if (after.IsRunning && before?.IsRunning != true)
            record.Began = time.GetTimestamp();
        if (record.Pending is { } pending && !after.HasEnded && after.State != record.PendingState)
        {
            // Somebody started it, or stopped the waiting.
            pending.Cancel();
            record.Pending = null;
        }

        var endedByItself = after.HasEnded && before is not null && (before.IsRunning || before.State == KnownResourceStates.Starting);
        if (!endedByItself || lifetime.ApplicationStopping.IsCancellationRequested)
            return;

        var backOff = RestartBackOff.For(declared.Policy);
        var ran = before!.IsRunning ? time.GetElapsedTime(record.Began) : TimeSpan.Zero;
        var decision = RestartDecision.Make(declared.Policy, backOff, after.Snapshot.ExitCode, ran, record.Restarts);
        var end = reasons.Take(before.Run) ?? EndOf(after.Snapshot.ExitCode);
        _ = CarryOutAsync(after, record, decision, end, backOff.Wait(decision.Attempt, Random.Shared.NextDouble()));
    }

    private Record RecordOf(string id)
    {
        if (!_records.TryGetValue(id, out var record))
            _records[id] = record = new();
        return record;
    }

    private async Task CarryOutAsync(ReplicaFacts replica, Record record, RestartDecision decision, string end, TimeSpan wait)
    {
        var logger = loggers.GetLogger(replica.Id);
        using var pending = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        record.Pending = decision.IsWanted ? pending : null;
        await PublishAsync(replica, s => WithEnd(s, replica.Snapshot.ExitCode, end)).ConfigureAwait(false);
        if (!decision.IsWanted)
        {
            if (decision.IsGivenUp)
                logger.LogError("{End}; not started again, after {Restarts} restarts in a row.", end, record.Restarts);
            return;
        }

        try
        {
            logger.LogWarning("{End}; next try in {Wait:0.0} s.", end, wait.TotalSeconds);
            await CountDownAsync(replica, record, decision.Attempt, wait, pending.Token).ConfigureAwait(false);
            record.Pending = null;
            record.Restarts = decision.Attempt;
            record.Total++;
            await PublishAsync(replica, s => s.With(RestartsProperty, record.Total)).ConfigureAwait(false);
            await commands.StartAsync(replica.Id, pending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A person took over, or the application stops.
        }
        catch (DistributedApplicationException e)
        {
            logger.LogError("It could not be started again: {Reason}", e.Message);
        }
        finally
        {
            if (record.Pending == pending)
                record.Pending = null;
        }
    }

    /// <summary>Waits, and says every second how long it will still be.</summary>
    private async Task CountDownAsync(ReplicaFacts replica, Record record, int attempt, TimeSpan wait, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (wait - time.GetElapsedTime(began) is { Ticks: > 0 } left)
        {
            var seconds = Math.Ceiling(left.TotalSeconds);
            record.PendingState = string.Create(
                CultureInfo.InvariantCulture,
                $"{(attempt == 1 ? "Restarting" : "Crash loop")}, next try in {seconds} s"
            );
            await PublishAsync(replica, s =>
                    s with
                    {
                        State = new(record.PendingState, attempt == 1 ? KnownResourceStateStyles.Warn : KnownResourceStateStyles.Error),
                    }
                )
                .ConfigureAwait(false);
            var untilNext = left - (Second * (seconds - 1));
            await Task.Delay(untilNext > TimeSpan.Zero ? untilNext : left, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // The engine says -1 where the process left no code, as one that is killed.
    private static string EndOf(int? exitCode) =>
        exitCode is { } code and not -1 ? string.Create(CultureInfo.InvariantCulture, $"ended with {code}") : "ended without an exit code";

    private static CustomResourceSnapshot WithEnd(CustomResourceSnapshot snapshot, int? exitCode, string end) =>
        (exitCode is { } code ? snapshot.With(LastExitCodeProperty, code) : snapshot).With(LastEndProperty, end);

    private Task PublishAsync(ReplicaFacts replica, Func<CustomResourceSnapshot, CustomResourceSnapshot> update) =>
        notifications.PublishUpdateAsync(replica.Resource, replica.Id, update);

    /// <summary>Describes what is remembered of one replica.</summary>
    private sealed class Record
    {
        /// <summary>Gets or sets when its process last began to run.</summary>
        internal long Began { get; set; }

        /// <summary>Restarts in a row, without a healthy stretch between them.</summary>
        internal int Restarts { get; set; }

        /// <summary>Restarts since the application began.</summary>
        internal int Total { get; set; }

        /// <summary>Calls off the restart that it waits for.</summary>
        internal CancellationTokenSource? Pending { get; set; }

        /// <summary>Gets or sets the state that was published last while it waits.</summary>
        internal string? PendingState { get; set; }
    }
}
