using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Redis;

/// <summary>Logs in and asks for a PONG, in the Redis serialization protocol (RESP 2).</summary>
internal sealed class RedisHealthCheck(RedisResource server) : IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var host = await server.Host.GetValueAsync(limit.Token).ConfigureAwait(false);
            var port = await server.Port.GetValueAsync(limit.Token).ConfigureAwait(false);
            if (await TcpProbe.RefusalAsync(host!, int.Parse(port!, CultureInfo.InvariantCulture), limit.Token).ConfigureAwait(false) is { } refusal)
            {
                return HealthCheckResult.Unhealthy(refusal);
            }

            using var client = new TcpClient();
            await client.ConnectAsync(host!, int.Parse(port!, CultureInfo.InvariantCulture), limit.Token).ConfigureAwait(false);
            var stream = client.GetStream();
            using var reader = new StreamReader(stream);
            if (server.PasswordParameter is { } password)
            {
                var secret = await password.GetValueAsync(limit.Token).ConfigureAwait(false);
                var answer = await AskAsync(stream, reader, limit.Token, "AUTH", secret!).ConfigureAwait(false);
                if (answer != "+OK")
                {
                    return HealthCheckResult.Unhealthy($"The password was refused: {answer}");
                }
            }

            var pong = await AskAsync(stream, reader, limit.Token, "PING").ConfigureAwait(false);
            return pong == "+PONG" ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"It answered '{pong}' to PING.");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"It did not answer within {Limit.TotalSeconds} s.");
        }
    }

    private static async Task<string?> AskAsync(NetworkStream stream, StreamReader reader, CancellationToken cancellationToken, params string[] command)
    {
        var request = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{command.Length}\r\n");
        foreach (var word in command)
        {
            request.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToString()), cancellationToken).ConfigureAwait(false);
        return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
    }
}
