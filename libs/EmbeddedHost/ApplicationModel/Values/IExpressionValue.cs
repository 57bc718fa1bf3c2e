namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that has an expression too.</summary>
public interface IExpressionValue : IValueProvider, IManifestExpressionProvider;
