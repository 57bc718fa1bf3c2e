namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the connection to a resource, beside those that it has by itself.</summary>
/// <param name="name">Its name.</param>
/// <param name="referenceExpression">Its value.</param>
public sealed class ConnectionPropertyAnnotation(string name, ReferenceExpression referenceExpression) : IResourceAnnotation
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its value.</summary>
    public ReferenceExpression Value { get; } = referenceExpression;
}
