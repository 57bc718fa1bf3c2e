namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource whose image can be given files of others.</summary>
public interface IContainerFilesDestinationResource : IResource;
