using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AspireDeploy.Targets.Azure;

/// <summary>The addresses of the environment's network, and of the subnets in it.</summary>
/// <param name="Network">The range.</param>
internal sealed record AddressRange(IPNetwork Network)
{
    // The subnets take the first 576 addresses.
    private const int LongestPrefix = 22;

    // https://learn.microsoft.com/azure/container-apps/custom-virtual-networks#subnet-address-range-restrictions
    private static readonly IPNetwork[] Reserved =
    [
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.30.0.0/16"),
        IPNetwork.Parse("172.31.0.0/16"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("100.100.0.0/17"),
        IPNetwork.Parse("100.100.128.0/19"),
        IPNetwork.Parse("100.100.160.0/19"),
        IPNetwork.Parse("100.100.192.0/19"),
    ];

    /// <summary>Gets the range as it is written.</summary>
    internal string Text => Network.ToString();

    /// <summary>Gets the addresses of apps and jobs.</summary>
    internal string Apps => At(0, 23);

    /// <summary>Gets the addresses of PostgreSQL servers that Azure runs.</summary>
    internal string Postgres => At(512, 27);

    /// <summary>Gets the addresses of private endpoints.</summary>
    internal string Endpoints => At(544, 27);

    /// <summary>Reads a range; null: it is none that such a network may have.</summary>
    internal static AddressRange? Parse(string text)
    {
        if (!IPNetwork.TryParse(text, out var network) || network.ToString() != text)
            return null;
        if (network.BaseAddress.AddressFamily != AddressFamily.InterNetwork || network.PrefixLength is < 8 or > LongestPrefix)
            return null;
        return Reserved.Any(reserved => reserved.Contains(network.BaseAddress) || network.Contains(reserved.BaseAddress))
            ? null
            : new(network);
    }

    private string At(uint offset, int prefix)
    {
        var bytes = Network.BaseAddress.GetAddressBytes();
        if (BitConverter.IsLittleEndian)
            Array.Reverse(bytes);
        var address = BitConverter.GetBytes(BitConverter.ToUInt32(bytes) + offset);
        if (BitConverter.IsLittleEndian)
            Array.Reverse(address);
        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(address)}/{prefix}");
    }
}
