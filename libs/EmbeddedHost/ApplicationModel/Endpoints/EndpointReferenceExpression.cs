using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Refers to a part of an endpoint's address.</summary>
/// <param name="endpointReference">The endpoint.</param>
/// <param name="property">The part.</param>
public class EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property) : IExpressionValue, IValueWithReferences
{
    /// <summary>The endpoint.</summary>
    public EndpointReference Endpoint { get; } = endpointReference ?? throw new ArgumentNullException(nameof(endpointReference));

    /// <summary>The part.</summary>
    public EndpointProperty Property { get; } = property;

    /// <inheritdoc />
    public string ValueExpression => Property switch
    {
        EndpointProperty.Url => Binding("url"),
        EndpointProperty.Host or EndpointProperty.IPV4Host => Binding("host"),
        EndpointProperty.Port => Binding("port"),
        EndpointProperty.Scheme => Binding("scheme"),
        EndpointProperty.TargetPort => Binding("targetPort"),
        EndpointProperty.HostAndPort => $"{Binding("host")}:{Binding("port")}",
        EndpointProperty.TlsEnabled => Binding("tlsEnabled"),
        _ => throw Unknown(),
    };

    IEnumerable<object> IValueWithReferences.References => [Endpoint];

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => GetValueAsync(new(), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var network = Endpoint.ContextNetworkID ?? context.Network ?? context.Caller?.Network() ?? KnownNetworkIdentifiers.LocalhostNetwork;
        return Property switch
        {
            EndpointProperty.Scheme => Endpoint.Scheme,
            EndpointProperty.TlsEnabled => Endpoint.TlsEnabled ? bool.TrueString : bool.FalseString,
            EndpointProperty.IPV4Host when network == KnownNetworkIdentifiers.LocalhostNetwork => "127.0.0.1",
            EndpointProperty.TargetPort when Endpoint.TargetPort is { } port => Text(port),
            _ => Part(await Endpoint.EndpointAnnotation.OnNetwork(network).WaitAsync(cancellationToken).ConfigureAwait(false)),
        };
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private string Binding(string part) => $"{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.{part}}}";

    private string Part(AllocatedEndpoint allocated) => Property switch
    {
        EndpointProperty.Url => allocated.UriString,
        EndpointProperty.Host or EndpointProperty.IPV4Host => allocated.Address,
        EndpointProperty.Port => Text(allocated.Port),
        EndpointProperty.HostAndPort => allocated.EndPointString,
        EndpointProperty.TargetPort => allocated.TargetPortExpression
            ?? throw new InvalidOperationException($"The engine has not said which port '{Endpoint.Resource.Name}' itself listens on for '{Endpoint.EndpointName}'."),
        _ => throw Unknown(),
    };

    private InvalidOperationException Unknown() => new($"Endpoint property '{Property}' is unknown.");
}
