namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something an application is made of: a project, a process, a container, a parameter, a connection string.</summary>
public interface IResource
{
    /// <summary>The name, unique in the application (compared without regard to case).</summary>
    string Name { get; }

    /// <summary>What has been declared about the resource, in the order of declaration.</summary>
    ResourceAnnotationCollection Annotations { get; }
}
