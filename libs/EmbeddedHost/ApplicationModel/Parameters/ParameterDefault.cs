namespace Aspire.Hosting.ApplicationModel;

/// <summary>Gives a parameter its value if nobody does.</summary>
public abstract class ParameterDefault
{
    /// <summary>The value.</summary>
    /// <returns>The value.</returns>
    public abstract string GetDefaultValue();
}
