namespace Aspire.Hosting.ApplicationModel;

/// <summary>A registry that images are pushed to.</summary>
public interface IContainerRegistry
{
    /// <summary>Its name.</summary>
    ReferenceExpression Name { get; }

    /// <summary>Its address, such as <c>ghcr.io</c>.</summary>
    ReferenceExpression Endpoint { get; }

    /// <summary>What comes before the names of images, such as <c>team/shop</c>; null for nothing.</summary>
    ReferenceExpression? Repository => null;
}
