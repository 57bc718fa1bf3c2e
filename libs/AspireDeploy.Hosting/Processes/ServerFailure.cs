using Aspire.Hosting;

namespace AspireDeploy.Processes;

/// <summary>
/// Says why a server can't start. Aspire writes failures out whole to the resource's log: this one is its message, without a stack trace.
/// </summary>
internal sealed class ServerFailure(string message) : DistributedApplicationException(message)
{
    public override string? StackTrace => null;

    public override string ToString() => Message;
}
