namespace Aspire.Hosting.ApplicationModel;

/// <summary>The icon that the dashboard shows for a resource.</summary>
/// <param name="iconName">A name of the Fluent UI icons.</param>
/// <param name="iconVariant">Its variant.</param>
public sealed class ResourceIconAnnotation(string iconName, IconVariant iconVariant = IconVariant.Filled) : IResourceAnnotation
{
    /// <summary>A name of the Fluent UI icons.</summary>
    public string IconName { get; } = iconName ?? throw new ArgumentNullException(nameof(iconName));

    /// <summary>Its variant.</summary>
    public IconVariant IconVariant { get; } = iconVariant;
}
