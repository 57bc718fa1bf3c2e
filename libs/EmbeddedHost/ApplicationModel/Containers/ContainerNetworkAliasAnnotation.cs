namespace Aspire.Hosting.ApplicationModel;

/// <summary>Another name that a container is found by on a network.</summary>
public sealed class ContainerNetworkAliasAnnotation : IResourceAnnotation
{
    /// <summary>Declares a name.</summary>
    /// <param name="alias">The name.</param>
    public ContainerNetworkAliasAnnotation(string alias)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(alias);
        Alias = alias;
    }

    /// <summary>The name.</summary>
    public string Alias { get; }

    /// <summary>The network; the one that all the application's containers share, by default.</summary>
    public NetworkIdentifier Network { get; set; } = KnownNetworkIdentifiers.DefaultAspireContainerNetwork;
}
