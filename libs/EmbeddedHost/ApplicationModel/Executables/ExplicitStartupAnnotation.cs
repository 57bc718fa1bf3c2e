namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource is started on request only.</summary>
public sealed class ExplicitStartupAnnotation : IResourceAnnotation;
