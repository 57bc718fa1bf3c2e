namespace Aspire.Hosting.ApplicationModel;

/// <summary>How long a container lives.</summary>
public enum ContainerLifetime
{
    /// <summary>As long as the application runs.</summary>
    Session,

    /// <summary>On, when the application has ended.</summary>
    Persistent,
}
