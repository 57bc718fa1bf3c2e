namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that never runs, so nothing can wait for it.</summary>
public interface IResourceWithoutLifetime : IResource;
