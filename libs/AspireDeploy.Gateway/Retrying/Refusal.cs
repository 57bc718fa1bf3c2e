using AspireDeploy.Gateway.Requests;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace AspireDeploy.Gateway.Retrying;

/// <summary>Describes what a client is told when no replica answered.</summary>
internal static class Refusal
{
    internal static async Task WriteAsync(HttpContext context, string service, IForwarderErrorFeature failure, Refusals refusals)
    {
        if (RetryPolicy.ClientsMistake(failure) is { } mistake)
        {
            await refusals.RefuseAsync(context, mistake.StatusCode, mistake.Message);
            return;
        }

        var (status, title) = failure.Error switch
        {
            _ when RetryPolicy.NeverArrived(failure) => (
                StatusCodes.Status503ServiceUnavailable,
                $"No replica of '{service}' can be reached."
            ),
            ForwarderError.RequestTimedOut => (StatusCodes.Status504GatewayTimeout, $"A replica of '{service}' took too long to answer."),
            _ when RetryPolicy.IsReplicasFault(failure) => (
                StatusCodes.Status502BadGateway,
                $"A replica of '{service}' broke off before it answered. The request may have been carried out."
            ),
            _ => (0, ""),
        };
        if (status == 0)
            return;

        if (status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers[HeaderNames.RetryAfter] = "1";
        await Refusals.WriteAsync(context, status, title);
    }
}
