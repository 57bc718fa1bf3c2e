namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says that a project is started without a launch profile.</summary>
public sealed class ExcludeLaunchProfileAnnotation : IResourceAnnotation;
