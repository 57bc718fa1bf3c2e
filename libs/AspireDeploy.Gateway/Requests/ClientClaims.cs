using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace AspireDeploy.Gateway.Requests;

/// <summary>Takes out of a request what only a gateway may say, and what was meant for this connection alone.</summary>
internal static class ClientClaims
{
    private static readonly string[] Claims = ["Forwarded", "X-Real-IP", HeaderNames.Via];

    // Said of this connection, but needed to read the message, or read by the gateway itself.
    private static readonly HashSet<string> Framing = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Host,
        HeaderNames.ContentLength,
        HeaderNames.ContentType,
        HeaderNames.TransferEncoding,
        HeaderNames.Upgrade,
        HeaderNames.Connection,
        HeaderNames.TE,
        HeaderNames.Trailer,
        "close",
        "keep-alive",
    };

    /// <summary>Removes them.</summary>
    internal static void Remove(IHeaderDictionary headers)
    {
        List<string>? claimed = null;
        foreach (var (name, _) in headers)
        {
            if (IsClaim(name))
                (claimed ??= []).Add(name);
        }
        claimed?.ForEach(name => headers.Remove(name));
        RemoveNamed(headers, headers.Connection);
    }

    /// <summary>Removes the headers that <c>Connection</c> names (RFC 9110, section 7.6.1).</summary>
    internal static void RemoveNamed(IHeaderDictionary headers, StringValues connection)
    {
        foreach (var value in connection)
        {
            if (value is null)
                continue;
            foreach (var range in value.AsSpan().Split(','))
            {
                var name = value.AsSpan(range).Trim();
                if (!name.IsEmpty && !Framing.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
                    headers.Remove(name.ToString());
            }
        }
    }

    // Some programs take _ for -.
    private static bool IsClaim(string name) =>
        name.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase)
        || (name.Contains('_') && IsClaim(name.Replace('_', '-')))
        || Claims.Contains(name, StringComparer.OrdinalIgnoreCase);
}
