using System.Net;

namespace AspireDeploy.Gateway.Requests;

/// <summary>
/// The names that the gateway answers to: <c>localhost</c> and what is below it, the address that a client has connected to, the
/// names that containers have for this machine (<c>.internal</c>, which nobody can register), and those of <c>Gateway:Hosts</c>.
/// A site that has its own name lead to this machine is refused.
/// </summary>
/// <param name="hosts"><c>Gateway:Hosts</c>; <c>*</c> for any name.</param>
internal sealed class ServedNames(IReadOnlyList<string> hosts)
{
    private readonly bool _any = hosts.Contains("*");

    /// <summary>Returns whether a request's host, which may have a port, is served.</summary>
    internal bool Contains(string host, IPAddress? local)
    {
        if (_any)
            return true;
        var name = NameOf(host);
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".internal", StringComparison.OrdinalIgnoreCase)
            || IsPublic(host)
            || (
                IPAddress.TryParse(name, out var address)
                && (IPAddress.IsLoopback(address) || address.MapToIPv6().Equals(local?.MapToIPv6()))
            );
    }

    /// <summary>Returns whether a host is one of <c>Gateway:Hosts</c>.</summary>
    internal bool IsPublic(string host)
    {
        var name = NameOf(host);
        foreach (var served in hosts)
        {
            if (name.Equals(served, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> host)
    {
        if (host.StartsWith('['))
        {
            var end = host.IndexOf(']');
            return end < 0 ? host : host[1..end];
        }
        var colon = host.LastIndexOf(':');
        return colon < 0 ? host : host[..colon];
    }
}
