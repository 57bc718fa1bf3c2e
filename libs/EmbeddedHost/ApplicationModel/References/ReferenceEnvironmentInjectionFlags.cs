namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a reference to another resource puts in the environment.</summary>
[Flags]
public enum ReferenceEnvironmentInjectionFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>ConnectionStrings__NAME</c>.</summary>
    ConnectionString = 1,

    /// <summary>The parts of the connection, such as <c>NAME_HOST</c>.</summary>
    ConnectionProperties = 2,

    /// <summary><c>services__NAME__SCHEME__0</c>, which service discovery reads.</summary>
    ServiceDiscovery = 4,

    /// <summary>The endpoints, such as <c>NAME_HTTP</c>.</summary>
    Endpoints = 8,

    /// <summary>All of it.</summary>
    All = ConnectionString | ConnectionProperties | ServiceDiscovery | Endpoints,
}
