namespace Aspire.Hosting.ApplicationModel;

/// <summary>A program that runs as a process.</summary>
public class ExecutableResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes,
    IComputeResource
{
    /// <summary>Creates an executable.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="command">The program.</param>
    /// <param name="workingDirectory">The directory that it runs in.</param>
    public ExecutableResource(string name, string command, string workingDirectory) : base(name)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(workingDirectory);
        Annotations.Add(new ExecutableAnnotation { Command = command, WorkingDirectory = workingDirectory });
    }

    /// <summary>The program.</summary>
    public string Command => Declared.Command;

    /// <summary>The directory that it runs in.</summary>
    public string WorkingDirectory => Declared.WorkingDirectory;

    private ExecutableAnnotation Declared => Annotations.OfType<ExecutableAnnotation>().LastOrDefault()
        ?? throw new InvalidOperationException($"'{Name}' is an executable without a command: it lacks an {nameof(ExecutableAnnotation)}.");
}
