using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.BackingServices;

/// <summary>How a resource that would be a container runs as a process instead.</summary>
/// <param name="MissingTool">What to say where its program isn't there; null where it is.</param>
/// <param name="Prepare">Prepares a start, such as a data directory, and says what to start.</param>
internal sealed record ProcessBackingAnnotation(
    Func<Tools.ToolEnvironment, string?> MissingTool, Func<ProcessBackingContext, CancellationToken, Task<ProcessBacking>> Prepare) : IResourceAnnotation
{
    /// <summary>Asks the last process that was prepared to end, before the engine does, if it has a better way to.</summary>
    public Func<CancellationToken, Task>? BeforeStop { get; set; }
}

/// <summary>What a start is prepared with.</summary>
/// <param name="Tools">Where to look for programs.</param>
/// <param name="Data">The directory of the resource.</param>
/// <param name="SessionDirectory">A private directory for files with secrets, which goes with the run, however that ends.</param>
/// <param name="IsKept">Whether what is in it outlives the run.</param>
/// <param name="Port">The port to listen on.</param>
internal sealed record ProcessBackingContext(Tools.ToolEnvironment Tools, DataDirectory Data, string SessionDirectory, bool IsKept, int Port);

/// <summary>What to start, and how it is asked to end.</summary>
internal sealed record ProcessBacking(ProcessCommand Command, Func<CancellationToken, Task>? BeforeStop = null);
