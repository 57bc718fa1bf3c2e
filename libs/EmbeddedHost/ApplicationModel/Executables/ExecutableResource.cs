namespace Aspire.Hosting.ApplicationModel;

/// <summary>A program.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="command">The program: a path, or a name that is found in <c>PATH</c>.</param>
/// <param name="workingDirectory">Where it is started.</param>
public class ExecutableResource(string name, string command, string workingDirectory)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    /// <summary>The program.</summary>
    public string Command { get; internal set; } = command;

    /// <summary>Where it is started.</summary>
    public string WorkingDirectory { get; internal set; } = workingDirectory;
}
