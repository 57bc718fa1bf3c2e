namespace Aspire.Hosting;

/// <summary>A mistake in the application's declaration or in its surroundings. The message is for the person who reads it.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>Creates an exception without a message of its own.</summary>
    public DistributedApplicationException()
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public DistributedApplicationException(string message) : base(message)
    {
    }

    /// <summary>Creates an exception with its cause.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="inner">The cause.</param>
    public DistributedApplicationException(string message, Exception inner) : base(message, inner)
    {
    }
}
