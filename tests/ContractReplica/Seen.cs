using Microsoft.AspNetCore.Http.Features;

namespace AspireDeploy.ContractReplica;

/// <summary>A request as a replica saw it.</summary>
/// <param name="Replica">The replica's name.</param>
/// <param name="Method">The method.</param>
/// <param name="Target">The request's target, byte for byte.</param>
/// <param name="Protocol">The protocol of the connection that it came by.</param>
/// <param name="Headers">The headers, a byte a character.</param>
/// <param name="Body">How many bytes its body had.</param>
public sealed record Seen(
    string Replica,
    string Method,
    string Target,
    string Protocol,
    IReadOnlyDictionary<string, string[]> Headers,
    long Body
)
{
    internal static async Task<Seen> OfAsync(HttpContext context, string replica)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return new(
            replica,
            context.Request.Method,
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            context.Request.Protocol,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToArray()!)!,
            body.Length
        );
    }
}
