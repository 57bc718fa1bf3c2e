using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>Keeps a resource out of a target.</summary>
/// <param name="Target">The target's name.</param>
internal sealed record ExcludedFromAnnotation(string Target) : IResourceAnnotation;
