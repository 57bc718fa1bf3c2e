namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource whose startup, readiness and liveness can be probed.</summary>
public interface IResourceWithProbes : IResource;
