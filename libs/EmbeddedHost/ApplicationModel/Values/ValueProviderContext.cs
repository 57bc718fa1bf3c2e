namespace Aspire.Hosting.ApplicationModel;

/// <summary>Who asks for a value, and from where.</summary>
public class ValueProviderContext
{
    /// <summary>The running or publishing application.</summary>
    public DistributedApplicationExecutionContext? ExecutionContext { get; init; }

    /// <summary>The resource that the value is for.</summary>
    public IResource? Caller { get; init; }

    /// <summary>The network that the value is used on.</summary>
    public NetworkIdentifier? Network { get; init; }
}
