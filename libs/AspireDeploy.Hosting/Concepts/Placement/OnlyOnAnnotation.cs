using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>Keeps a resource out of all targets but some.</summary>
/// <param name="Targets">Their names.</param>
internal sealed record OnlyOnAnnotation(IReadOnlyList<string> Targets) : IResourceAnnotation;
