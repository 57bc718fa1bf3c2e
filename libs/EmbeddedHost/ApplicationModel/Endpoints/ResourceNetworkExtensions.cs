namespace Aspire.Hosting.ApplicationModel;

internal static class ResourceNetworkExtensions
{
    /// <summary>The network that a resource reaches others on.</summary>
    public static NetworkIdentifier Network(this IResource resource) =>
        resource.IsContainer() ? KnownNetworkIdentifiers.DefaultAspireContainerNetwork : KnownNetworkIdentifiers.LocalhostNetwork;
}
