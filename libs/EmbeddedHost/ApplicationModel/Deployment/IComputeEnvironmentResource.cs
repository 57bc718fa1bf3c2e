using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Somewhere that resources can be deployed to.</summary>
public interface IComputeEnvironmentResource : IResource
{
    /// <summary>The host that an endpoint is reached at there.</summary>
    /// <param name="endpointReference">The endpoint.</param>
    /// <returns>The host.</returns>
    [Experimental("ASPIRECOMPUTE002")]
    ReferenceExpression GetHostAddressExpression(EndpointReference endpointReference) =>
        throw new NotSupportedException($"'{Name}' does not say where endpoints are reached.");
}
