using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Tells names of this machine from others.</summary>
public static class EndpointHostHelpers
{
    /// <summary>Whether a host is <c>localhost</c>.</summary>
    /// <param name="host">The host.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsLocalhost([NotNullWhen(true)] string? host) => string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the host of an address is <c>localhost</c>.</summary>
    /// <param name="uri">The address.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsLocalhost([NotNullWhen(true)] Uri? uri) => IsLocalhost(uri?.Host);

    /// <summary>Whether a host ends with <c>.localhost</c>.</summary>
    /// <param name="host">The host.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsLocalhostTld([NotNullWhen(true)] string? host) => host?.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether the host of an address ends with <c>.localhost</c>.</summary>
    /// <param name="uri">The address.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsLocalhostTld([NotNullWhen(true)] Uri? uri) => IsLocalhostTld(uri?.Host);

    /// <summary>Whether a host ends with <c>.dev.localhost</c>.</summary>
    /// <param name="host">The host.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsDevLocalhostTld([NotNullWhen(true)] string? host) => host?.EndsWith(".dev.localhost", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether the host of an address ends with <c>.dev.localhost</c>.</summary>
    /// <param name="uri">The address.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsDevLocalhostTld([NotNullWhen(true)] Uri? uri) => IsDevLocalhostTld(uri?.Host);

    /// <summary>Whether a host is <c>localhost</c> or ends with it.</summary>
    /// <param name="host">The host.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsLocalhostOrLocalhostTld([NotNullWhen(true)] string? host) => IsLocalhost(host) || IsLocalhostTld(host);

    /// <summary>Whether the host of an address is <c>localhost</c> or ends with it.</summary>
    /// <param name="uri">The address.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsLocalhostOrLocalhostTld([NotNullWhen(true)] Uri? uri) => IsLocalhostOrLocalhostTld(uri?.Host);
}
