namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource waits for.</summary>
public enum WaitType
{
    /// <summary>Until the other is healthy.</summary>
    WaitUntilHealthy,

    /// <summary>Until the other has finished.</summary>
    WaitForCompletion,

    /// <summary>Until the other has started.</summary>
    WaitUntilStarted,
}
