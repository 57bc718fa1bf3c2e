namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a wait does when what it waits for has failed.</summary>
public enum WaitBehavior
{
    /// <summary>It goes on: someone may start it again.</summary>
    WaitOnResourceUnavailable,

    /// <summary>It ends with an error.</summary>
    StopOnResourceUnavailable,
}
