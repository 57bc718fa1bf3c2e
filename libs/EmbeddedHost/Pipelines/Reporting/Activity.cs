using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>Something that happened while a pipeline ran.</summary>
/// <param name="Text">What there is to say of it; may be empty.</param>
/// <param name="Markdown">Whether that is Markdown.</param>
internal abstract record Activity(string Text, bool Markdown);

/// <summary>A step began or ended.</summary>
internal sealed record StepActivity(ActivityStep Step, CompletionState State, string Text, bool Markdown, TimeSpan Elapsed) : Activity(Text, Markdown);

/// <summary>A part of a step began, went on or ended.</summary>
internal sealed record TaskActivity(ActivityStep Step, string TaskId, string Status, CompletionState State, string Text, bool Markdown, TimeSpan Elapsed) : Activity(Text, Markdown);

/// <summary>A step wrote to its log.</summary>
internal sealed record LogActivity(ActivityStep Step, LogLevel Level, string Text, bool Markdown) : Activity(Text, Markdown);

/// <summary>The pipeline ended.</summary>
internal sealed record EndActivity(CompletionState State, string Text, IReadOnlyList<PipelineSummaryItem> Summary) : Activity(Text, false);

/// <summary>Which step something happened in.</summary>
/// <param name="Id">Unique in the pipeline's run.</param>
/// <param name="Title">The step's name.</param>
/// <param name="ParentId">The step that it is under; null if there is none.</param>
/// <param name="Level">How many steps it is under.</param>
internal sealed record ActivityStep(string Id, string Title, string? ParentId, int Level);
