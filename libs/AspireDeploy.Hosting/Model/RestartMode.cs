namespace AspireDeploy;

/// <summary>Describes when an ended process is started again.</summary>
public enum RestartMode
{
    /// <summary>Not at all.</summary>
    Never,

    /// <summary>When it ended with another code than 0, or was killed.</summary>
    OnFailure,

    /// <summary>Whatever it ended with, and after a boot of the machine.</summary>
    Always,
}
