namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a parameter's value comes from when nobody has given one.</summary>
public abstract class ParameterDefault
{
    /// <summary>Makes the value.</summary>
    /// <returns>The value.</returns>
    public abstract string GetDefaultValue();
}
