namespace Aspire.Hosting.ApplicationModel;

/// <summary>One thing declared about a resource.</summary>
public interface IResourceAnnotation;
