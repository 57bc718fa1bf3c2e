using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says how a resource is written to a manifest. The last one on a resource counts.</summary>
public class ManifestPublishingCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Says how it is written.</summary>
    /// <param name="callback">Writes the properties of the resource's object; null to leave it out.</param>
    public ManifestPublishingCallbackAnnotation(Action<ManifestPublishingContext>? callback)
    {
        Callback = callback is null ? null : context =>
        {
            callback(context);
            return Task.CompletedTask;
        };
    }

    /// <summary>Says how it is written.</summary>
    /// <param name="callback">Writes the properties of the resource's object; null to leave it out.</param>
    public ManifestPublishingCallbackAnnotation(Func<ManifestPublishingContext, Task>? callback)
    {
        Callback = callback;
    }

    /// <summary>Says that it is left out.</summary>
    public static ManifestPublishingCallbackAnnotation Ignore { get; } = new((Func<ManifestPublishingContext, Task>?)null);

    /// <summary>Writes the properties of the resource's object; null if it is left out.</summary>
    public Func<ManifestPublishingContext, Task>? Callback { get; }
}
