using AspireDeploy.Gateway.Health;
using AspireDeploy.Gateway.Replicas;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace AspireDeploy.Gateway.Retrying;

/// <summary>
/// Sends a request that failed on one replica to another, where that is safe. While no replica can be reached, it holds the request until one comes, for
/// <see cref="Limits.RequestLimits.Hold"/> at most.
/// </summary>
internal sealed class RetryMiddleware(RequestDelegate next, GatewaySettings settings, ReplicaTable table, Probing probing, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        bool isRepeatable;
        try
        {
            isRepeatable = RetryPolicy.IsRepeatable(context.Request) && await KeptBody.KeepAsync(context);
        }
        catch (BadHttpRequestException refused)
        {
            context.Response.StatusCode = refused.StatusCode;
            return;
        }

        var proxy = context.GetReverseProxyFeature();
        var attempts = 0;
        long? failedFirst = null;
        List<DestinationState> tried = [];
        while (true)
        {
            await next(context);
            if (context.GetForwarderErrorFeature() is not { } failure) return;

            var service = proxy.Route.Cluster!;
            var isReplicasFault = RetryPolicy.IsReplicasFault(failure.Error);
            if (proxy.ProxiedDestination is { } replica && isReplicasFault)
            {
                probing.Suspect(service, replica);
                tried.Add(replica);
            }
            if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested) return;

            var arrived = !RetryPolicy.NeverArrived(failure);
            if (arrived) attempts++;
            var until = (failedFirst ??= time.GetTimestamp()) + (long)(settings.Limits.Hold.TotalSeconds * time.TimestampFrequency);
            if ((arrived && !(isRepeatable && isReplicasFault && attempts < RetryPolicy.Attempts))
                || await ChooseAsync(service, tried, until, context.RequestAborted) is not { Count: > 0 } others)
            {
                await Refusal.WriteAsync(context, service.ClusterId, failure);
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
        var connection = context.Response.Headers.Connection;
        context.Response.Clear();
        context.Response.Headers.Connection = connection;
        context.Features.Set<IForwarderErrorFeature>(null);
        KeptBody.Rewind(context.Request);
    }

    /// <summary>The replicas to try next: those that are well, rather untried ones; else untried ones that aren't; else it waits for one to become well.</summary>
    private async ValueTask<IReadOnlyList<DestinationState>> ChooseAsync(ClusterState service, List<DestinationState> tried, long until, CancellationToken cancellationToken)
    {
        while (true)
        {
            var left = time.GetElapsedTime(time.GetTimestamp(), until);
            if (left <= TimeSpan.Zero || cancellationToken.IsCancellationRequested) return [];

            var changed = table.Changed;
            var all = service.DestinationsState.AllDestinations;
            var well = all.Where(replica => replica.Health.Active == DestinationHealth.Healthy).ToList();
            foreach (var choice in (ReadOnlySpan<List<DestinationState>>)[[.. well.Except(tried)], well, [.. all.Except(tried)]])
            {
                if (choice.Count > 0) return choice;
            }

            await changed.WaitAsync(left, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
