namespace Aspire.Hosting.ApplicationModel;

/// <summary>A project is launched without any profile.</summary>
public sealed class ExcludeLaunchProfileAnnotation : IResourceAnnotation;
