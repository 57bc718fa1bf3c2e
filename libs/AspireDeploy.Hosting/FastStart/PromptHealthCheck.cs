using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireDeploy.FastStart;

/// <summary>Wraps a health check that is asked again at once, until it is content, while its resource starts.</summary>
/// <param name="check">The wrapped check.</param>
/// <param name="start">The start of the resource that is checked.</param>
internal sealed class PromptHealthCheck(IHealthCheck check, ResourceStart start) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        for (
            var begun = Stopwatch.StartNew();
            !start.IsOver && begun.Elapsed < Timeout;
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false)
        )
        {
            if (
                await IsListeningAsync(cancellationToken).ConfigureAwait(false)
                && await OnceAsync(context, cancellationToken).ConfigureAwait(false) is { Status: HealthStatus.Healthy } healthy
            )
            {
                start.End();
                return healthy;
            }
        }

        return await check.CheckHealthAsync(context, cancellationToken).ConfigureAwait(false);
    }

    // A client that is asked before its server listens may take its whole connection timeout to say so.
    private async Task<bool> IsListeningAsync(CancellationToken cancellationToken)
    {
        if (start.Address is not { } address)
        {
            return true;
        }

        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<HealthCheckResult> OnceAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await check.CheckHealthAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(failure.Message, failure);
        }
    }
}
