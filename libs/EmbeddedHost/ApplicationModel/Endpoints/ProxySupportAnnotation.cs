namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says whether the engine may listen for the endpoints of a resource and pass connections on.</summary>
public sealed class ProxySupportAnnotation : IResourceAnnotation
{
    /// <summary>Whether it may.</summary>
    public required bool ProxyEnabled { get; set; }
}
