namespace Aspire.Hosting.ApplicationModel;

/// <summary>The networks that every application has.</summary>
public static class KnownNetworkIdentifiers
{
    /// <summary>The machine's own loopback, where processes run.</summary>
    public static readonly NetworkIdentifier LocalhostNetwork = new("localhost");

    /// <summary>The network that the application's containers share.</summary>
    public static readonly NetworkIdentifier DefaultAspireContainerNetwork = new("aspire-container-network");

    /// <summary>The internet.</summary>
    public static readonly NetworkIdentifier PublicInternet = new(".");
}
