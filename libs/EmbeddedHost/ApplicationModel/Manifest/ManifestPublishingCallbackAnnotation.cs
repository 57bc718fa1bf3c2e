namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says how a resource is written to a manifest.</summary>
public class ManifestPublishingCallbackAnnotation : IResourceAnnotation
{
    private ManifestPublishingCallbackAnnotation()
    {
    }

    /// <summary>Says that it is left out.</summary>
    public static ManifestPublishingCallbackAnnotation Ignore { get; } = new();
}
