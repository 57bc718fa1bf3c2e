using AspireDeploy.Tools;

namespace AspireDeploy.Processes;

/// <summary>The circumstances of one start of a server.</summary>
/// <param name="Tools">Where to look for programs.</param>
/// <param name="Data">The server's directory, held until the run ends.</param>
/// <param name="Port">The port to listen on, on loopback alone.</param>
/// <param name="Arguments">The arguments that the AppHost declares for the container.</param>
/// <param name="AppHostDirectory">The directory of the AppHost's project.</param>
/// <param name="Report">Tells the developer a line, in the server's log.</param>
internal sealed record ServerStart(
    ToolEnvironment Tools,
    DataDirectory Data,
    int Port,
    IReadOnlyList<string> Arguments,
    string AppHostDirectory,
    Action<string> Report
);
