using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Replicas;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.Local.Waiting;

/// <summary>
/// Starts what couldn't be started because a job had failed, once that has been mended and run again, and says meanwhile why it didn't
/// start. In Aspire 13.6 a failed <c>WaitForCompletion</c> is final: whoever mends the job has to start everything behind it as well.
/// </summary>
internal sealed class FailedWaits(
    ReplicaRegistry registry,
    ReplicaCommands commands,
    ResourceNotificationService notifications,
    IHostApplicationLifetime lifetime
) : IReplicaObserver
{
    internal const string ReasonProperty = "Reason";

    private readonly Dictionary<string, ReplicaFacts> _failed = [];

    public void Observe(ReplicaFacts? before, ReplicaFacts after)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return;
        if (after.State != before?.State)
            ObserveFailure(after);
        if (after.HasEnded && before?.HasEnded != true)
            StartWhatWaited(after.Resource);
    }

    private void ObserveFailure(ReplicaFacts replica)
    {
        if (replica.State == KnownResourceStates.FailedToStart && ReasonOf(replica.Resource) is { } reason)
        {
            _failed[replica.Id] = replica;
            _ = PublishAsync(replica, snapshot => snapshot.With(ReasonProperty, reason));
        }
        else if (_failed.Remove(replica.Id))
        {
            _ = PublishAsync(replica, static snapshot =>
                snapshot with
                {
                    Properties = [.. snapshot.Properties.Where(property => property.Name != ReasonProperty)],
                }
            );
        }
    }

    private void StartWhatWaited(IResource job)
    {
        foreach (
            var replica in _failed
                .Values.Where(replica => WaitsOf(replica.Resource).Any(wait => wait.Resource == job) && ReasonOf(replica.Resource) is null)
                .ToList()
        )
        {
            _ = StartAsync(replica.Id);
        }
    }

    /// <summary>Returns which job keeps a resource from starting; null if none does.</summary>
    private string? ReasonOf(IResource resource) =>
        (
            from wait in WaitsOf(resource)
            from job in registry.Of(wait.Resource)
            select job.State == KnownResourceStates.FailedToStart ? $"{job.Resource.Name} failed to start"
            : job.HasEnded && job.Snapshot.ExitCode is { } code && code != wait.ExitCode
                ? string.Create(CultureInfo.InvariantCulture, $"{job.Resource.Name} exited with code {code}, expected {wait.ExitCode}")
            : null
        ).FirstOrDefault(reason => reason is not null);

    private static IEnumerable<WaitAnnotation> WaitsOf(IResource resource) =>
        resource.Annotations.OfType<WaitAnnotation>().Where(wait => wait.WaitType == WaitType.WaitForCompletion);

    private async Task StartAsync(string id)
    {
        try
        {
            await commands.StartAsync(id, lifetime.ApplicationStopping).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is DistributedApplicationException or OperationCanceledException)
        {
            // Its state says so.
        }
    }

    private Task PublishAsync(ReplicaFacts replica, Func<CustomResourceSnapshot, CustomResourceSnapshot> update) =>
        notifications.PublishUpdateAsync(replica.Resource, replica.Id, update);
}
