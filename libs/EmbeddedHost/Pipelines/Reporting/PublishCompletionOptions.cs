using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>How a pipeline ended.</summary>
[Experimental("ASPIREPIPELINES001")]
public sealed class PublishCompletionOptions
{
    /// <summary>What to say of it; null for nothing.</summary>
    public string? CompletionMessage { get; set; }

    /// <summary>How it ended; made up from its steps if null.</summary>
    public CompletionState? CompletionState { get; set; }

    /// <summary>What the steps have to show; null for nothing.</summary>
    public IReadOnlyList<PipelineSummaryItem>? PipelineSummary { get; set; }
}
