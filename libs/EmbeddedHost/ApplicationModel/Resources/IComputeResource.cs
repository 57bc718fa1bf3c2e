namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that runs code, wherever the application is deployed.</summary>
public interface IComputeResource : IResource;
