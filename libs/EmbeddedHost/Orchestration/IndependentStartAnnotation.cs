using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>On a resource whose environment and arguments need the address of no other: its start waits for nobody's endpoints.</summary>
internal sealed record IndependentStartAnnotation : IResourceAnnotation;
