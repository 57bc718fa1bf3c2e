namespace Aspire.Hosting.ApplicationModel;

/// <summary>A variant of an icon.</summary>
public enum IconVariant
{
    /// <summary>The outline.</summary>
    Regular,

    /// <summary>The filled shape.</summary>
    Filled,
}
