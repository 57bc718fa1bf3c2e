using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

/// <summary>A parameter has no value.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Aspire's API has these alone.")]
public class MissingParameterValueException : DistributedApplicationException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="message">Which parameter, and how to give it a value.</param>
    public MissingParameterValueException(string message) : base(message)
    {
    }

    /// <summary>Creates an exception with its cause.</summary>
    /// <param name="message">Which parameter, and how to give it a value.</param>
    /// <param name="innerException">The cause.</param>
    public MissingParameterValueException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
