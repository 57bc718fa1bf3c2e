namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says which of several environments a resource is deployed to.</summary>
internal sealed record ComputeEnvironmentAnnotation(IComputeEnvironmentResource Environment) : IResourceAnnotation;
