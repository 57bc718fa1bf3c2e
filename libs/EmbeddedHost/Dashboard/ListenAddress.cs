using System.Net;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>Where a server is to listen, in the form ASP.NET Core's servers take, such as <c>http://localhost:15000</c> or <c>http://*:15000</c>.</summary>
internal sealed record ListenAddress(string Scheme, string Host, int Port)
{
    public bool IsHttps => Scheme == Uri.UriSchemeHttps;

    /// <summary>Whether the host is <c>localhost</c> or a name under it.</summary>
    public bool IsLocalhost => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>The address for those on this machine: a host that stands for every network becomes <c>localhost</c>.</summary>
    public Uri LocalUrl => new UriBuilder(Scheme, IsEverywhere ? "localhost" : Host, Port).Uri;

    private bool IsEverywhere => Host is "*" or "+" || (IPAddress.TryParse(Host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));

    /// <param name="setting">The setting it comes from, for the message.</param>
    /// <param name="text">The address.</param>
    /// <exception cref="DistributedApplicationException">It is no address of a web server.</exception>
    public static ListenAddress Parse(string setting, string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            if (address.Scheme is "http" or "https" && !address.IsUnixPipe && !address.IsNamedPipe)
            {
                return new(address.Scheme, address.Host, address.Port);
            }
        }
        catch (FormatException)
        {
            // Said below, with the name of the setting.
        }

        throw new DistributedApplicationException($"{setting} has '{text}', which is no address of a web server, such as http://localhost:15000.");
    }

    /// <summary>As servers take it.</summary>
    public override string ToString() => $"{Scheme}://{Host}:{Port}";
}
