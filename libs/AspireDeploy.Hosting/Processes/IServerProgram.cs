using Aspire.Hosting;
using AspireDeploy.Tools;

namespace AspireDeploy.Processes;

/// <summary>Runs one kind of server as a process.</summary>
internal interface IServerProgram
{
    /// <summary>Gets the name of the endpoint that the server listens on.</summary>
    string EndpointName { get; }

    /// <summary>Returns whether the container keeps its data below a path.</summary>
    bool IsDataPath(string path);

    /// <summary>Sees to data and configuration before a start, and returns the command to start.</summary>
    /// <exception cref="DistributedApplicationException">The program is missing, or its data can't be served.</exception>
    Task<ProcessCommand> PrepareAsync(ServerStart start, CancellationToken cancellationToken);

    /// <summary>Asks the server to end at once, if it has a better way to than SIGTERM.</summary>
    Task BeforeStopAsync(CancellationToken cancellationToken);

    /// <summary>Ends the server that a killed run has left on a data directory, if it is one of this kind.</summary>
    Task RemoveAbandonedAsync(ToolEnvironment tools, string directory, CancellationToken cancellationToken);
}
