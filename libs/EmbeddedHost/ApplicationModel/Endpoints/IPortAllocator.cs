namespace Aspire.Hosting.ApplicationModel;

/// <summary>Gives out ports for endpoints that declare none.</summary>
public interface IPortAllocator
{
    /// <summary>Gives out a port that nobody has yet.</summary>
    /// <returns>The port.</returns>
    int AllocatePort();

    /// <summary>Says that somebody has a port.</summary>
    /// <param name="port">The port.</param>
    void AddUsedPort(int port);
}
