using System.Net.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Healthy if a GET request is answered with a status. It asks directly, without a proxy, and soon gives up.</summary>
internal sealed class HttpHealthCheck(Func<CancellationToken, ValueTask<Uri?>> address, int statusCode) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly HttpMessageInvoker Client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,

        // Every check asks anew: a kept connection would tell of the replica that it leads to, not of the address.
        PooledConnectionLifetime = TimeSpan.Zero,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        SslOptions = new()
        {
            // On this machine itself nobody else can answer, and a development certificate need not be trusted.
            RemoteCertificateValidationCallback = (sender, _, _, errors) =>
                errors == SslPolicyErrors.None || (sender is SslStream { TargetHostName: var host } && IsThisMachine(host)),
        },
    });

    public static void Register(IServiceCollection services, string key, Func<CancellationToken, ValueTask<Uri?>> address, int statusCode) =>
        services.AddHealthChecks().Add(new(key, new HttpHealthCheck(address, statusCode), failureStatus: null, tags: null));

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (await address(cancellationToken).ConfigureAwait(false) is not { } uri)
        {
            return HealthCheckResult.Unhealthy("It isn't known yet where it is reached.");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            if (await TcpProbe.RefusalAsync(uri.IdnHost, uri.Port, limit.Token).ConfigureAwait(false) is { } refusal)
            {
                return HealthCheckResult.Unhealthy(refusal);
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            using var response = await Client.SendAsync(request, limit.Token).ConfigureAwait(false);
            return (int)response.StatusCode == statusCode
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{uri} answered {(int)response.StatusCode}, expected {statusCode}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"{uri} did not answer within {Timeout.TotalSeconds:0} seconds.");
        }
        catch (HttpRequestException e)
        {
            return HealthCheckResult.Unhealthy($"{uri} can't be reached: {e.Message}");
        }
    }

    private static bool IsThisMachine(string host) =>
        EndpointHostHelpers.IsLocalhostOrLocalhostTld(host) || (System.Net.IPAddress.TryParse(host, out var ip) && System.Net.IPAddress.IsLoopback(ip));
}
