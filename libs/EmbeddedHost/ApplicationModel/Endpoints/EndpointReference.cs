using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Refers to an endpoint of a resource, which may only be known once the application runs.</summary>
[DebuggerDisplay("{Resource.Name}: {EndpointName}")]
public sealed class EndpointReference : IExpressionValue, IValueWithReferences
{
    private EndpointAnnotation? _endpoint;

    /// <summary>Refers to an endpoint.</summary>
    /// <param name="owner">The resource.</param>
    /// <param name="endpoint">The endpoint.</param>
    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint) : this(owner, endpoint, null)
    {
    }

    /// <summary>Refers to an endpoint as a network sees it.</summary>
    /// <param name="owner">The resource.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="contextNetworkId">The network; that of whoever asks if null.</param>
    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint, NetworkIdentifier? contextNetworkId)
        : this(owner, Checked(endpoint).Name, contextNetworkId)
    {
        _endpoint = endpoint;
    }

    /// <summary>Refers to an endpoint by its name; it may be declared later.</summary>
    /// <param name="owner">The resource.</param>
    /// <param name="endpointName">The endpoint's name.</param>
    public EndpointReference(IResourceWithEndpoints owner, string endpointName) : this(owner, endpointName, null)
    {
    }

    /// <summary>Refers to an endpoint by its name, as a network sees it; it may be declared later.</summary>
    /// <param name="owner">The resource.</param>
    /// <param name="endpointName">The endpoint's name.</param>
    /// <param name="contextNetworkId">The network; that of whoever asks if null.</param>
    public EndpointReference(IResourceWithEndpoints owner, string endpointName, NetworkIdentifier? contextNetworkId = null)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(endpointName);
        Resource = owner;
        EndpointName = endpointName;
        ContextNetworkID = contextNetworkId;
    }

    /// <summary>The resource.</summary>
    public IResourceWithEndpoints Resource { get; }

    /// <summary>The endpoint's name.</summary>
    public string EndpointName { get; }

    /// <summary>The network that the address is wanted for; that of whoever asks if null.</summary>
    public NetworkIdentifier? ContextNetworkID { get; }

    /// <summary>What to say if the resource has no such endpoint; a sentence that names what it has if null.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The endpoint.</summary>
    /// <exception cref="InvalidOperationException">The resource has no such endpoint.</exception>
    public EndpointAnnotation EndpointAnnotation => Find() ?? throw new InvalidOperationException(ErrorMessage ?? MissingMessage());

    /// <summary>Whether the resource has such an endpoint.</summary>
    public bool Exists => Find() is not null;

    /// <summary>Whether it is known where it is reached.</summary>
    public bool IsAllocated => Known is not null;

    /// <summary>Whether its scheme is <c>http</c>.</summary>
    public bool IsHttp => Is(Scheme, "http");

    /// <summary>Whether its scheme is <c>https</c>.</summary>
    public bool IsHttps => Is(Scheme, "https");

    /// <summary>Whether it is named <c>http</c> or <c>https</c>.</summary>
    public bool IsHttpSchemeNamedEndpoint => Is(EndpointName, "http") || Is(EndpointName, "https");

    /// <summary>Its scheme.</summary>
    public string Scheme => EndpointAnnotation.UriScheme;

    /// <summary>The host that it is reached at.</summary>
    /// <exception cref="InvalidOperationException">It isn't known yet.</exception>
    public string Host => Allocated.Address;

    /// <summary>The port that it is reached on.</summary>
    /// <exception cref="InvalidOperationException">It isn't known yet.</exception>
    public int Port => Allocated.Port;

    /// <summary>The port that the resource itself listens on; null if the engine gives one.</summary>
    public int? TargetPort => EndpointAnnotation.TargetPort;

    /// <summary>Whether it exists and speaks TLS.</summary>
    public bool TlsEnabled => Find() is { TlsEnabled: true };

    /// <summary>Where it is reached.</summary>
    /// <exception cref="InvalidOperationException">It isn't known yet.</exception>
    public string Url => Allocated.UriString;

    /// <summary>Whether a reference to the resource leaves it out.</summary>
    public bool ExcludeReferenceEndpoint => Find() is { ExcludeReferenceEndpoint: true };

    string IManifestExpressionProvider.ValueExpression => Property(EndpointProperty.Url).ValueExpression;

    IEnumerable<object> IValueWithReferences.References => [Resource];

    private AllocatedEndpoint? Known => Find()?.AllAllocatedEndpoints.Known(ContextNetworkID ?? KnownNetworkIdentifiers.LocalhostNetwork);

    private AllocatedEndpoint Allocated => Known
        ?? throw new InvalidOperationException($"Endpoint '{EndpointName}' of '{Resource.Name}' is not allocated yet: it is once the application has started.");

    /// <summary>Refers to a part of the address.</summary>
    /// <param name="property">The part.</param>
    /// <returns>The reference.</returns>
    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    /// <summary>One of two expressions, by whether the endpoint speaks TLS.</summary>
    /// <param name="enabledValue">The one if it does.</param>
    /// <param name="disabledValue">The one if it does not.</param>
    /// <returns>The expression.</returns>
    public ReferenceExpression GetTlsValue(ReferenceExpression enabledValue, ReferenceExpression disabledValue) =>
        ReferenceExpression.CreateConditional(Property(EndpointProperty.TlsEnabled), bool.TrueString, enabledValue, disabledValue);

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => Property(EndpointProperty.Url).GetValueAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) =>
        Property(EndpointProperty.Url).GetValueAsync(context, cancellationToken);

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static EndpointAnnotation Checked(EndpointAnnotation endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint;
    }

    private EndpointAnnotation? Find() => _endpoint ??= Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => Is(e.Name, EndpointName));

    private string MissingMessage()
    {
        var names = Resource.Annotations.OfType<EndpointAnnotation>().Select(e => $"'{e.Name}'").ToList();
        return $"'{Resource.Name}' has no endpoint '{EndpointName}'. {(names.Count == 0 ? "It has none at all" : $"It has {string.Join(", ", names)}")}.";
    }
}
