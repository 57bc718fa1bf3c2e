namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says that a deployed project is not told to trust forwarded headers.</summary>
public sealed class DisableForwardedHeadersAnnotation : IResourceAnnotation;
