using System.Threading.Channels;
using AspireDeploy.Gateway.Replicas;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace AspireDeploy.Gateway.Health;

/// <summary>
/// Keeps asking every replica whether it is well: seldom while it is, often while it isn't, and at once when a request to it has failed. A
/// replica is sent requests from its first good answer on; a no, silence or a failed request takes it out.
/// </summary>
internal sealed class Probing(
    ReplicaTable table,
    ReplicaProbe probe,
    IDestinationHealthUpdater health,
    TimeProvider time,
    ILogger<Probing> logger
) : BackgroundService
{
    private static readonly TimeSpan WhileWell = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WhileUnwell = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<DestinationState, Watch> _watches = [];

    /// <summary>Notes that a request to a replica has failed: nothing more is sent to it until it has answered a probe.</summary>
    internal void Suspect(ClusterState service, DestinationState replica)
    {
        Set(service, replica, isWell: false, "a request to it failed");
        lock (_watches)
        {
            if (_watches.TryGetValue(replica, out var watch))
                watch.Wake();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = table.Changed;
            Reconcile(stoppingToken);
            await changed.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task[] ending;
        lock (_watches)
            ending = [.. _watches.Values.Select(watch => watch.Running)];
        await Task.WhenAll(ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Reconcile(CancellationToken stoppingToken)
    {
        var present = table.Replicas;
        lock (_watches)
        {
            foreach (var gone in _watches.Keys.Except(present.Select(r => r.Replica)).ToList())
            {
                _watches[gone].End();
                _watches.Remove(gone);
            }

            foreach (var (service, replica) in present.Where(r => !_watches.ContainsKey(r.Replica)))
            {
                var watch = new Watch(stoppingToken);
                _watches.Add(replica, watch);
                watch.Running = WatchAsync(service, replica, watch);
            }
        }
    }

    private async Task WatchAsync(ClusterState service, DestinationState replica, Watch watch)
    {
        await Task.Yield();
        using var watching = watch;
        var ending = watch.Ending;
        while (!ending.IsCancellationRequested)
        {
            try
            {
                var answer = await probe.AskAsync(service.ClusterId, replica.Model.Config.Address, ending);
                Set(service, replica, answer == true, answer is null ? "it doesn't answer" : "it says so");
                await watch.PauseAsync(replica.Health.Active == DestinationHealth.Healthy ? WhileWell : WhileUnwell, time);
            }
            catch (OperationCanceledException)
            {
                // The replica is gone, or the gateway stops.
            }
        }
    }

    private void Set(ClusterState service, DestinationState replica, bool isWell, string why)
    {
        var state = isWell ? DestinationHealth.Healthy : DestinationHealth.Unhealthy;
        var before = replica.Health.Active;
        // One that never was well stays unknown.
        if (before == state || (!isWell && before == DestinationHealth.Unknown))
            return;
        health.SetActive(service, [new(replica, state)]);
        if (isWell)
            logger.LogInformation("{Replica} is well.", replica.DestinationId);
        else
            logger.LogWarning("{Replica} is unwell: {Reason}.", replica.DestinationId, why);
        table.TellChanged();
    }

    /// <summary>The watch over one replica.</summary>
    private sealed class Watch(CancellationToken stoppingToken) : IDisposable
    {
        private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(1);
        private bool _isDisposed;

        internal CancellationToken Ending => _ending.Token;

        internal Task Running { get; set; } = Task.CompletedTask;

        internal void End()
        {
            lock (_wake)
            {
                if (!_isDisposed)
                    _ending.Cancel();
            }
        }

        internal void Wake() => _wake.Writer.TryWrite(true);

        internal async Task PauseAsync(TimeSpan atMost, TimeProvider time)
        {
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(Ending);
            await Task.WhenAny(_wake.Reader.WaitToReadAsync(pause.Token).AsTask(), Task.Delay(atMost, time, pause.Token));
            await pause.CancelAsync();
            _wake.Reader.TryRead(out _);
        }

        public void Dispose()
        {
            lock (_wake)
            {
                _isDisposed = true;
                _ending.Dispose();
            }
        }
    }
}
