using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace AspireDeploy.Gateway.Requests;

/// <summary>Describes how a request is passed on to a replica, and its answer to the client, beside what YARP does itself.</summary>
internal static class PassedOn
{
    /// <summary>Gets the name under which a route's metadata has the prefix that is taken off, where one is.</summary>
    internal const string Prefix = "Prefix";

    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Adds it to a route's transforms.</summary>
    internal static void Add(TransformBuilderContext route)
    {
        var prefix = route.Route.Metadata?.GetValueOrDefault(Prefix);
        // A link that a replica makes names the host that the client asked for, as behind every published gateway; by default it
        // would be the replica's own address.
        route.AddOriginalHost();
        route.AddRequestTransform(request =>
        {
            request.ProxyRequest.RequestUri = Target(request, prefix);
            request.ProxyRequest.Headers.TryAddWithoutValidation(HeaderNames.Via, ReceivedBy(request.HttpContext.Request.Protocol));
            return default;
        });
        route.AddResponseTransform(static answer =>
        {
            if (
                answer.ProxyResponse?.Headers.NonValidated is { Count: > 0 } headers
                && headers.TryGetValues(HeaderNames.Connection, out var connection)
            )
            {
                foreach (var value in connection)
                    ClientClaims.RemoveNamed(answer.HttpContext.Response.Headers, value);
            }
            return default;
        });
    }

    private static Uri Target(RequestTransformContext request, string? prefix)
    {
        var path = RequestPath.Normalize(request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget);
        if (prefix is not null)
            path = RequestPath.Without(prefix, path);
        var query = RequestPath.Query(request.HttpContext.Request.QueryString.Value);
        return new(string.Concat(request.DestinationPrefix.AsSpan().TrimEnd('/'), path, query), in AsItIs);
    }

    private static string ReceivedBy(string protocol) =>
        protocol switch
        {
            _ when HttpProtocol.IsHttp11(protocol) => "1.1 gateway",
            _ when HttpProtocol.IsHttp2(protocol) => "2 gateway",
            _ when HttpProtocol.IsHttp10(protocol) => "1.0 gateway",
            _ => "3 gateway",
        };
}
