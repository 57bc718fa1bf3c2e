namespace Aspire.Hosting.ApplicationModel;

/// <summary>The names of properties that the dashboard shows in a place of their own.</summary>
internal static class KnownResourceProperties
{
    public const string Source = "resource.source";
    public const string ConnectionString = "resource.connectionString";
    public const string ParentName = "resource.parentName";
    public const string AppArgs = "resource.appArgs";
    public const string AppArgsSensitivity = "resource.appArgsSensitivity";

    /// <summary>The resources that a start waits for: a list of strings.</summary>
    public const string WaitingFor = "resource.waitingFor";

    /// <summary>Why a resource waits or failed to start, in a sentence. Ours: the dashboard shows it as it shows any property.</summary>
    public const string Reason = "resource.reason";

    public const string ContainerId = "container.id";
    public const string ContainerImage = "container.image";
    public const string ContainerPorts = "container.ports";
    public const string ContainerCommand = "container.command";
    public const string ContainerArgs = "container.args";
    public const string ContainerLifetime = "container.lifetime";

    public const string ExecutablePath = "executable.path";
    public const string ExecutablePid = "executable.pid";
    public const string ExecutableWorkDir = "executable.workDir";
    public const string ExecutableArgs = "executable.args";

    public const string ProjectPath = "project.path";
    public const string ProjectLaunchProfile = "project.launchProfile";

    public const string ParameterValue = "Value";
}
