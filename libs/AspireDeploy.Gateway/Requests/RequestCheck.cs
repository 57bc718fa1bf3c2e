using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace AspireDeploy.Gateway.Requests;

/// <summary>
/// Refuses what the gateway and a replica could read differently, before anything of it is passed on. Kestrel has refused what isn't
/// HTTP at all: a missing, doubled or malformed <c>Host</c>, a malformed <c>Content-Length</c>.
/// </summary>
internal sealed class RequestCheck(RequestDelegate next, GatewaySettings settings, Refusals refusals)
{
    // Where Kestrel puts the length of a request that has both a length and a coding (RFC 9112, section 6.1).
    private const string Overridden = "X-Content-Length";

    private readonly ServedNames _names = new(settings.Hosts);

    public Task InvokeAsync(HttpContext context)
    {
        if (Mistake(context) is var (status, title))
            return refusals.RefuseAsync(context, status, title);
        ClientClaims.Remove(context.Request.Headers);
        if (context.Request.IsHttps && settings.Hosts.Count > 0 && _names.IsPublic(context.Request.Host.Value!))
        {
            context.Response.Headers.StrictTransportSecurity = "max-age=31536000";
        }
        return next(context);
    }

    private (int Status, string Title)? Mistake(HttpContext context)
    {
        var request = context.Request;
        if (request.Host.Value is not { Length: > 0 } host)
            return (StatusCodes.Status400BadRequest, "The request names no host.");
        if (!_names.Contains(host, context.Connection.LocalIpAddress))
        {
            return (StatusCodes.Status421MisdirectedRequest, "This gateway doesn't serve that host.");
        }
        if (IsRefused(request.Method, context.Features.Get<IHttpExtendedConnectFeature>()))
        {
            return (StatusCodes.Status501NotImplemented, "This gateway doesn't serve that method.");
        }
        if (request.Headers.TransferEncoding is { Count: > 0 } coding && MistakeOf(coding, request) is { } mistake)
            return mistake;
        if (request.ContentLength > settings.Limits.BodyBytes)
            return (StatusCodes.Status413PayloadTooLarge, "The body is too large.");
        return RequestPath.IsWellFormed(context.Features.Get<IHttpRequestFeature>()!.RawTarget)
            ? null
            : (StatusCodes.Status400BadRequest, "The path isn't one.");
    }

    // WebSockets over HTTP/2 come by an extended CONNECT (RFC 8441).
    private static bool IsRefused(string method, IHttpExtendedConnectFeature? connect) =>
        HttpMethods.IsTrace(method) || (HttpMethods.IsConnect(method) && connect is not { IsExtendedConnect: true });

    private static (int Status, string Title)? MistakeOf(StringValues coding, HttpRequest request)
    {
        if (HttpProtocol.IsHttp10(request.Protocol))
            return (StatusCodes.Status400BadRequest, "HTTP/1.0 has no Transfer-Encoding.");
        if (request.Headers.ContainsKey(Overridden))
        {
            return (StatusCodes.Status400BadRequest, "The request has both Content-Length and Transfer-Encoding.");
        }
        if (coding.Count > 1)
            return (StatusCodes.Status400BadRequest, "The request has Transfer-Encoding twice.");
        return "chunked".Equals(coding[0], StringComparison.OrdinalIgnoreCase)
            ? null
            : (StatusCodes.Status501NotImplemented, "The only Transfer-Encoding is chunked.");
    }
}
