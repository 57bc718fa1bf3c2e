using Aspire.Hosting;

namespace AspireDeploy.Deploying;

/// <summary>Runs programs.</summary>
internal interface ICommands
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="command">Program and arguments. No secret is among them: process lists show them.</param>
    /// <param name="directory">Where it runs.</param>
    /// <param name="output">Takes each line that it writes, as it writes it, and whether it is an error; null where a person is to talk
    /// with it on this terminal.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="DistributedApplicationException">There is no such program.</exception>
    Task<int> RunAsync(IReadOnlyList<string> command, string directory, Action<string, bool>? output, CancellationToken cancellationToken);

    /// <summary>Runs a program and reads what it writes.</summary>
    /// <typeparam name="T">What is made of it.</typeparam>
    /// <param name="command">Program and arguments.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was made of it.</returns>
    /// <exception cref="DistributedApplicationException">There is no such program, or it failed.</exception>
    Task<T> ReadAsync<T>(IReadOnlyList<string> command, Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellationToken);
}
