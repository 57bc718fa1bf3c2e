using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>A line of a <see cref="PipelineSummary"/>.</summary>
/// <param name="key">What it is about.</param>
/// <param name="value">What it says.</param>
/// <param name="enableMarkdown">Whether it is Markdown.</param>
[Experimental("ASPIREPIPELINES001")]
public sealed class PipelineSummaryItem(string key, string value, bool enableMarkdown)
{
    /// <summary>What it is about.</summary>
    public string Key { get; } = key ?? throw new ArgumentNullException(nameof(key));

    /// <summary>What it says.</summary>
    public string Value { get; } = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>Whether it is Markdown.</summary>
    public bool EnableMarkdown { get; } = enableMarkdown;
}
