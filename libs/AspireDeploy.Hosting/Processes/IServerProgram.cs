using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Tools;

namespace AspireDeploy.Processes;

/// <summary>Runs one kind of server as a process.</summary>
internal interface IServerProgram
{
    /// <summary>Gets a word for this kind of server.</summary>
    string Kind { get; }

    /// <summary>Gets the name of the endpoint that the server listens on.</summary>
    string EndpointName { get; }

    /// <summary>Gets the image that Aspire declares for such a server.</summary>
    string Image { get; }

    /// <summary>Gets the entrypoint that Aspire declares for such a server; null for the image's own.</summary>
    string? Entrypoint { get; }

    /// <summary>Gets the names of the variables that Aspire itself declares for such a server's container.</summary>
    IReadOnlySet<string> KnownVariables { get; }

    /// <summary>
    /// Gets commands of a shell that clear away what a killed server has left outside its directory, which is <c>$1</c>; null for none.
    /// </summary>
    string? CleanUp { get; }

    /// <summary>Returns whether the container keeps its data below a path.</summary>
    bool IsDataPath(string path);

    /// <summary>Returns what of the declared image the process isn't; null where nothing is to be said.</summary>
    /// <param name="image">The declared image.</param>
    /// <param name="tools">What the developer has set.</param>
    /// <returns>A phrase such as <c>the image's version 16</c>.</returns>
    string? Unlike(ContainerImageAnnotation image, ToolEnvironment tools);

    /// <summary>Sees to data and configuration before a start, and returns the command to start.</summary>
    /// <exception cref="DistributedApplicationException">The program is missing, or its data can't be served.</exception>
    Task<ProcessCommand> PrepareAsync(ServerStart start, CancellationToken cancellationToken);

    /// <summary>Asks the server to end at once, if it has a better way to than SIGTERM.</summary>
    Task BeforeStopAsync(CancellationToken cancellationToken);

    /// <summary>Ends the server that a killed run has left on a data directory, if it is one of this kind.</summary>
    Task RemoveAbandonedAsync(ToolEnvironment tools, string directory, CancellationToken cancellationToken);
}
