namespace Aspire.Hosting.Backchannel;

// What the aspire command reads, in the names and forms of its own types (microsoft/aspire, src/Aspire.Hosting/Backchannel).

/// <summary>Something that happened in the pipeline.</summary>
/// <param name="Type"><c>step</c>, <c>task</c>, <c>log</c> or <c>publish-complete</c>.</param>
/// <param name="Data">What happened.</param>
internal sealed record PublishingActivity(string Type, PublishingActivityData Data);

/// <summary>What happened in the pipeline.</summary>
/// <param name="Id">Of the step or task.</param>
/// <param name="StatusText">What there is to say.</param>
/// <param name="CompletionState">How far it is, as <see cref="Pipelines.CompletionState"/> is called.</param>
internal sealed record PublishingActivityData(string Id, string StatusText, string CompletionState)
{
    /// <summary>The step that a task or a line of its log belongs to.</summary>
    public string? StepId { get; init; }

    /// <summary>The step that a step is under.</summary>
    public string? ParentStepId { get; init; }

    /// <summary>How many steps it is under.</summary>
    public int? HierarchyLevel { get; init; }

    /// <summary>What came of a task.</summary>
    public string? CompletionMessage { get; init; }

    /// <summary>What the steps have to show, at the end.</summary>
    public IReadOnlyList<PipelineSummaryLine>? PipelineSummary { get; init; }

    /// <summary>How much a line of a log matters, as <see cref="Microsoft.Extensions.Logging.LogLevel"/> is called.</summary>
    public string? LogLevel { get; init; }

    /// <summary>When a line of a log was written.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Whether the text is Markdown.</summary>
    public bool EnableMarkdown { get; init; }
}

/// <summary>A line of what the steps have to show.</summary>
internal sealed record PipelineSummaryLine(string Key, string Value, bool EnableMarkdown);

/// <summary>Where the dashboard is.</summary>
internal sealed record DashboardUrlsState(bool DashboardHealthy, string? BaseUrlWithLoginToken);

/// <summary>What state a resource is in.</summary>
internal sealed record ResourceState(string Resource, string Type, string State, IReadOnlyList<string> Endpoints, string? Health);

/// <summary>A line of the AppHost's log.</summary>
internal sealed record BackchannelLogEntry(BackchannelEventId EventId, int LogLevel, string Message, DateTimeOffset Timestamp, string CategoryName);

/// <summary>Which event a line of a log is of.</summary>
internal sealed record BackchannelEventId(int Id, string? Name);

/// <summary>Asks for the pipeline's steps.</summary>
internal sealed record PipelineStepsRequest(string? Step);

/// <summary>The pipeline's steps, in an order in which they could run.</summary>
internal sealed record PipelineStepsResponse(IReadOnlyList<PipelineStepInfo> Steps);

/// <summary>A step of the pipeline.</summary>
internal sealed record PipelineStepInfo(string Name, string? Description, IReadOnlyList<string> DependsOn, IReadOnlyList<string> Tags, string? ResourceName);

/// <summary>An answer to a question. We ask none, so none is read.</summary>
internal sealed record PromptAnswer(string? Name, string? Value);
