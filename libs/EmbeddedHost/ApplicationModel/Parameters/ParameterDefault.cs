using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Gives a parameter its value if nobody does.</summary>
public abstract class ParameterDefault
{
    /// <summary>The value.</summary>
    /// <returns>The value.</returns>
    public abstract string GetDefaultValue();

    /// <summary>Writes to a manifest how the value is made.</summary>
    /// <param name="context">The manifest; its writer is inside the object <c>default</c>.</param>
    public abstract void WriteToManifest(ManifestPublishingContext context);
}
