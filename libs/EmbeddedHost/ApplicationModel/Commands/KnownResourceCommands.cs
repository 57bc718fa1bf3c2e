namespace Aspire.Hosting.ApplicationModel;

/// <summary>The names of commands that the host gives to resources.</summary>
public static class KnownResourceCommands
{
    /// <summary>Starts a resource that doesn't run.</summary>
    public static readonly string StartCommand = "start";

    /// <summary>Stops a resource that runs.</summary>
    public static readonly string StopCommand = "stop";

    /// <summary>Stops a resource and starts it again.</summary>
    public static readonly string RestartCommand = "restart";

    /// <summary>Builds a project and starts it again.</summary>
    public static readonly string RebuildCommand = "rebuild";

    /// <summary>Gives a parameter a value.</summary>
    public static readonly string SetParameterCommand = "set-parameter";

    /// <summary>Takes a parameter's value away.</summary>
    public static readonly string DeleteParameterCommand = "delete-parameter";
}
