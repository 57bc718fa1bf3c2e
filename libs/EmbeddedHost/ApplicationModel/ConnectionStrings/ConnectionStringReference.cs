namespace Aspire.Hosting.ApplicationModel;

/// <summary>Refers to the connection string of a resource.</summary>
/// <param name="resource">The resource.</param>
/// <param name="optional">Whether it may have none.</param>
public class ConnectionStringReference(IResourceWithConnectionString resource, bool optional) : IExpressionValue, IValueWithReferences
{
    /// <summary>The resource.</summary>
    public IResourceWithConnectionString Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));

    /// <summary>Whether it may have none.</summary>
    public bool Optional { get; } = optional;

    string IManifestExpressionProvider.ValueExpression => Resource.ValueExpression;

    IEnumerable<object> IValueWithReferences.References => [Resource];

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => ((IValueProvider)this).GetValueAsync(new(), cancellationToken);

    async ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) =>
        (await ValueResolver.ResolveAsync(this, context, cancellationToken).ConfigureAwait(false)).Text;

    /// <exception cref="DistributedApplicationException">There is none though there must be.</exception>
    internal ResolvedValue Checked(ResolvedValue found) => Optional || !string.IsNullOrEmpty(found.Text)
        ? found
        : throw new DistributedApplicationException($"'{Resource.Name}' has no connection string.");
}
