using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Processes;

/// <summary>Marks a container that runs as a process while the application runs on a developer's machine.</summary>
/// <param name="program">How it does.</param>
internal sealed class ServerProgramAnnotation(IServerProgram program) : IResourceAnnotation
{
    /// <summary>Gets how it does.</summary>
    public IServerProgram Program { get; } = program;
}
