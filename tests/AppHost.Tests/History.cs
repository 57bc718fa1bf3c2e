namespace AppHost.Tests;

/// <summary>Everything that was told of the resources of an application, in order.</summary>
public sealed class History : IAsyncDisposable
{
    private readonly List<ResourceEvent> _events = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _reading;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to listen.</summary>
    public History(ResourceNotificationService notifications) => _reading = ReadAsync(notifications);

    /// <summary>Returns what was told last of each instance of a resource.</summary>
    public IReadOnlyList<ResourceEvent> Latest(string resource) => [.. Of(resource).Select(instance => instance.Last())];

    /// <summary>
    /// Returns the states that each instance of a resource has been in, in order: each as often as it came. Those that are hidden are only
    /// there to be started on request.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> States(string resource) =>
        [
            .. Of(resource)
                .Where(instance => !instance.Last().Snapshot.IsHidden)
                .Select(instance =>
                {
                    var states = new List<string>();
                    foreach (var state in instance.Select(e => e.Snapshot.State?.Text).OfType<string>().Where(state => state.Length > 0))
                    {
                        if (states.Count == 0 || states[^1] != state)
                        {
                            states.Add(state);
                        }
                    }

                    return states;
                }),
        ];

    /// <summary>Returns whether something was ever told of a resource.</summary>
    public bool Any(string resource, Func<CustomResourceSnapshot, bool> condition) =>
        Of(resource).Any(instance => instance.Any(e => condition(e.Snapshot)));

    /// <summary>
    /// Returns whether a resource was told to be in a state before any instance of another was told to be in one. Moments won't do: the
    /// system knows when a process began only to a second or so.
    /// </summary>
    public bool Precedes((string Resource, string State) first, (string Resource, string State) other)
    {
        lock (_events)
        {
            var at = _events.FindIndex(e => e.Resource.Name == first.Resource && e.Snapshot.State?.Text == first.State);
            return at >= 0 && _events.FindIndex(e => e.Resource.Name == other.Resource && e.Snapshot.State?.Text == other.State) > at;
        }
    }

    /// <summary>Waits until what was told fulfils a condition.</summary>
    public async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = Volatile.Read(ref _next);
            if (condition())
            {
                return;
            }

            await next.Task.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private List<IGrouping<string, ResourceEvent>> Of(string resource)
    {
        lock (_events)
        {
            return [.. _events.Where(e => e.Resource.Name == resource).ToList().GroupBy(e => e.ResourceId)];
        }
    }

    private async Task ReadAsync(ResourceNotificationService notifications)
    {
        await foreach (var update in notifications.WatchAsync(_ending.Token))
        {
            lock (_events)
            {
                _events.Add(update);
            }

            Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }
}
