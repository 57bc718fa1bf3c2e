namespace Aspire.Hosting.ApplicationModel;

/// <summary>Which addresses an endpoint listens on.</summary>
public enum EndpointBindingMode
{
    /// <summary>One.</summary>
    SingleAddress,

    /// <summary>Every IPv4 and IPv6 address of the machine.</summary>
    DualStackAnyAddresses,

    /// <summary>Every IPv4 address of the machine.</summary>
    IPv4AnyAddresses,

    /// <summary>Every IPv6 address of the machine.</summary>
    IPv6AnyAddresses,
}
