using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Backchannel;

/// <summary>Where the aspire command that has started the AppHost waits for it.</summary>
/// <param name="Value">The path of the socket.</param>
internal sealed record BackchannelPath(string Value)
{
    private const string Setting = "ASPIRE_BACKCHANNEL_PATH";

    /// <summary>Reads it; null if no aspire command has started the AppHost.</summary>
    public static BackchannelPath? Of(IConfiguration configuration) => configuration[Setting] is { Length: > 0 } path ? new(path) : null;
}
