using AspireDeploy.Gateway.Health;
using AspireDeploy.Gateway.Replicas;
using AspireDeploy.Gateway.Requests;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace AspireDeploy.Gateway.Retrying;

/// <summary>
/// Sends a request that failed on one replica to another, where that is safe, <see cref="RetryPolicy.Deliveries"/> times in all. While no
/// replica can be reached, it holds the request until one comes. All of it for <see cref="Limits.RequestLimits.Hold"/> after the first
/// failure at most.
/// </summary>
internal sealed class RetryMiddleware(
    RequestDelegate next,
    GatewaySettings settings,
    ReplicaTable table,
    Probing probing,
    Refusals refusals,
    TimeProvider time
)
{
    public async Task InvokeAsync(HttpContext context)
    {
        bool isRepeatable;
        try
        {
            isRepeatable = RetryPolicy.IsRepeatable(context.Request) && await KeptBody.KeepAsync(context);
        }
        catch (BadHttpRequestException mistake)
        {
            await refusals.RefuseAsync(context, mistake.StatusCode, mistake.Message);
            return;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client is gone. Without this, Kestrel would try to read the rest of its body.
            context.Abort();
            return;
        }

        var proxy = context.GetReverseProxyFeature();
        var failed = new FailedReplicas();
        long? failedFirst = null;
        while (true)
        {
            await next(context);
            if (context.GetForwarderErrorFeature() is not { } failure)
                return;

            var service = proxy.Route.Cluster!;
            var isReplicasFault = RetryPolicy.IsReplicasFault(failure);
            var arrived = !RetryPolicy.NeverArrived(failure);
            if (proxy.ProxiedDestination is { } replica && isReplicasFault)
            {
                probing.Suspect(service, replica);
                failed.Add(replica, arrived);
            }
            var isClientGone =
                context.RequestAborted.IsCancellationRequested
                || (failure.Error == ForwarderError.RequestBodyClient && RetryPolicy.ClientsMistake(failure) is null);
            if (isClientGone)
                context.Abort();
            if (isClientGone || context.Response.HasStarted)
                return;

            var until = (failedFirst ??= time.GetTimestamp()) + (long)(settings.Limits.Hold.TotalSeconds * time.TimestampFrequency);
            if (
                (arrived && !(isRepeatable && isReplicasFault))
                || await ChooseAsync(service, failed, until, context.RequestAborted) is not { Count: > 0 } others
            )
            {
                await Refusal.WriteAsync(context, service.ClusterId, failure, refusals);
                return;
            }

            StartAnew(context);
            proxy.ProxiedDestination = null;
            proxy.AvailableDestinations = others;
        }
    }

    // What the failed replica had begun to say is forgotten; what the gateway itself says of the connection is not.
    private static void StartAnew(HttpContext context)
    {
        var (connection, transportSecurity) = (context.Response.Headers.Connection, context.Response.Headers.StrictTransportSecurity);
        context.Response.Clear();
        (context.Response.Headers.Connection, context.Response.Headers.StrictTransportSecurity) = (connection, transportSecurity);
        context.Features.Set<IForwarderErrorFeature>(null);
        KeptBody.Rewind(context.Request);
    }

    /// <summary>
    /// Returns the replicas to try next; if there is none, it waits for one to come or become well. Empty when there is nothing to wait
    /// for, or no time left.
    /// </summary>
    private async ValueTask<IReadOnlyList<DestinationState>> ChooseAsync(
        ClusterState service,
        FailedReplicas failed,
        long until,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var left = time.GetElapsedTime(time.GetTimestamp(), until);
            if (left <= TimeSpan.Zero || cancellationToken.IsCancellationRequested)
                return [];

            var changed = table.Changed;
            var next = failed.Next(service.DestinationsState.AllDestinations);
            if (next is not { Count: 0 })
                return next ?? [];
            await changed.WaitAsync(left, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
