using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Works with the parts of connections.</summary>
public static class ConnectionPropertiesExtensions
{
    /// <summary>The parts of a connection, and others; of two with the same name, whatever its case, the latter stands.</summary>
    /// <param name="source">The resource whose parts come first.</param>
    /// <param name="additional">The others.</param>
    /// <returns>All of them.</returns>
    public static IEnumerable<KeyValuePair<string, ReferenceExpression>> CombineProperties(
        this IResourceWithConnectionString source,
        IEnumerable<KeyValuePair<string, ReferenceExpression>> additional)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(additional);
        var combined = new Dictionary<string, ReferenceExpression>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in source.GetConnectionProperties().Concat(additional))
        {
            combined[name] = value;
        }

        return combined;
    }
}
