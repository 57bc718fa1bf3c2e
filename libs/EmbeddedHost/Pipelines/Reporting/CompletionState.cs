namespace Aspire.Hosting.Pipelines;

/// <summary>How far a step or a task is.</summary>
public enum CompletionState
{
    /// <summary>It runs.</summary>
    InProgress,

    /// <summary>It succeeded.</summary>
    Completed,

    /// <summary>It succeeded, but not as it should.</summary>
    CompletedWithWarning,

    /// <summary>It failed.</summary>
    CompletedWithError,
}
