using System.Buffers;
using System.Globalization;
using System.Text;

namespace AspireDeploy.Gateway.Requests;

/// <summary>
/// A request's path in the one form that both the gateway's routes and a replica go by (RFC 3986, section 6.2.2): what needn't be
/// escaped isn't, <c>.</c> and <c>..</c> are resolved, and all else stays as it came. So <c>%2f</c> isn't a slash, and <c>//</c> is two.
/// </summary>
internal static class RequestPath
{
    private const string UnreservedCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private const string PathCharacters = UnreservedCharacters + "!$&'()*+,;=:@/";

    private static readonly SearchValues<char> Unreserved = SearchValues.Create(UnreservedCharacters);
    private static readonly SearchValues<char> Plain = SearchValues.Create(PathCharacters);
    private static readonly SearchValues<char> PlainInQuery = SearchValues.Create(PathCharacters + "?%[]{}|^`\"<>\\");

    /// <summary>Returns whether every <c>%</c> in the path of a request's target is followed by two hexadecimal digits.</summary>
    internal static bool IsWellFormed(string target)
    {
        var path = PathOf(target);
        var at = path.IndexOf('%');
        while (at >= 0)
        {
            if (at + 2 >= path.Length || !char.IsAsciiHexDigit(path[at + 1]) || !char.IsAsciiHexDigit(path[at + 2]))
                return false;
            var next = path[(at + 3)..].IndexOf('%');
            at = next < 0 ? -1 : at + 3 + next;
        }
        return true;
    }

    /// <summary>Returns the path of a request's target, in that form.</summary>
    internal static string Normalize(string target)
    {
        var path = PathOf(target);
        if (path.IsEmpty)
            return "/";
        if (!path.ContainsAnyExcept(Plain) && !path.Contains("/.", StringComparison.Ordinal))
        {
            return path.Length == target.Length ? target : path.ToString();
        }
        return WithoutDots(Unescape(path));
    }

    /// <summary>Returns a path without the prefix of a route that it is under.</summary>
    internal static string Without(string prefix, string path) =>
        path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && path.Length > prefix.Length ? path[prefix.Length..] : "/";

    /// <summary>Returns a query that a request's target can carry: as it came, but for what no target may have in it.</summary>
    internal static string Query(string? query) =>
        query is null || !query.AsSpan().ContainsAnyExcept(PlainInQuery) ? query ?? "" : Escape(query, PlainInQuery);

    private static ReadOnlySpan<char> PathOf(string target)
    {
        var rest = target.AsSpan();
        if (!rest.StartsWith('/'))
        {
            // The absolute form, which Kestrel has compared with Host.
            var scheme = rest.IndexOf("://", StringComparison.Ordinal);
            if (scheme < 0)
                return [];
            rest = rest[(scheme + 3)..];
            var slash = rest.IndexOf('/');
            if (slash < 0 || (rest.IndexOf('?') is var mark and >= 0 && mark < slash))
                return [];
            rest = rest[slash..];
        }
        var query = rest.IndexOfAny('?', '#');
        return query < 0 ? rest : rest[..query];
    }

    private static string Unescape(ReadOnlySpan<char> path)
    {
        var text = new StringBuilder(path.Length);
        for (var i = 0; i < path.Length; i++)
        {
            if (
                path[i] == '%'
                && i + 2 < path.Length
                && int.TryParse(path.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet)
            )
            {
                if (octet < 128 && Unreserved.Contains((char)octet))
                    text.Append((char)octet);
                else
                    text.Append(path.Slice(i, 3));
                i += 2;
            }
            else
            {
                text.Append(path[i]);
            }
        }
        return Escape(text.ToString(), Plain, keepPercent: true);
    }

    private static string Escape(string text, SearchValues<char> plain, bool keepPercent = false)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet < 128 && (plain.Contains((char)octet) || (keepPercent && octet == '%')))
                escaped.Append((char)octet);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }
        return escaped.ToString();
    }

    private static string WithoutDots(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal))
            return path;
        var kept = new List<string>();
        var segments = path.Split('/');
        for (var i = 1; i < segments.Length; i++)
        {
            var isLast = i == segments.Length - 1;
            if (segments[i] == "..")
            {
                if (kept.Count > 0)
                    kept.RemoveAt(kept.Count - 1);
                if (isLast)
                    kept.Add("");
            }
            else if (segments[i] == ".")
            {
                if (isLast)
                    kept.Add("");
            }
            else
            {
                kept.Add(segments[i]);
            }
        }
        return "/" + string.Join('/', kept);
    }
}
