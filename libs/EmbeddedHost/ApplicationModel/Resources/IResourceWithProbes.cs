using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource whose startup, readiness and liveness can be probed.</summary>
[Experimental("ASPIREPROBES001")]
public interface IResourceWithProbes : IResource;
