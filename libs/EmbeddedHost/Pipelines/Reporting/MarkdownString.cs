using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Text in Markdown, where plain text is the rule.</summary>
[Experimental("ASPIREPIPELINES001")]
public sealed class MarkdownString
{
    /// <summary>Creates one.</summary>
    /// <param name="value">The text.</param>
    public MarkdownString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <inheritdoc />
    public override string ToString() => Value;
}
