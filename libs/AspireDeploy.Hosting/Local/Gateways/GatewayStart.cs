using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;

namespace AspireDeploy.Local.Gateways;

/// <summary>
/// Has a gateway give way at first: it is of use once what it routes to is on its way, and its own start would take the processor from what
/// that waits for. It doesn't wait for long, so that it is there to say that nothing answers.
/// </summary>
internal sealed class GatewayStart(ResourceNotificationService notifications, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    internal void HoldBack(GatewayResource gateway, IDistributedApplicationEventing eventing) =>
        eventing.Subscribe<BeforeResourceStartedEvent>(gateway, (_, cancellationToken) => UntilWantedAsync(gateway, cancellationToken));

    /// <summary>Waits until anything that the gateway routes to starts, but no longer than two seconds.</summary>
    internal async Task UntilWantedAsync(GatewayResource gateway, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        List<Task> starts =
        [
            .. gateway
                .Routes.Select(route => route.Service.Name)
                .Distinct()
                .Select(service =>
                    notifications.WaitForResourceAsync(service, resource => IsOnItsWay(resource.Snapshot.State?.Text), either.Token)
                ),
        ];
        if (starts.Count > 0)
            await Task.WhenAny(starts).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static bool IsOnItsWay(string? state) =>
        state == KnownResourceStates.Starting || state == KnownResourceStates.Running || KnownResourceStates.TerminalStates.Contains(state);
}
