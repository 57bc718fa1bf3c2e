using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>What a pipeline shows when it has run, such as the addresses of what was deployed. Steps may add to it at the same time.</summary>
[Experimental("ASPIREPIPELINES001")]
public sealed class PipelineSummary
{
    private readonly List<PipelineSummaryItem> _items = [];

    /// <summary>What was added so far, in that order.</summary>
    public ReadOnlyCollection<PipelineSummaryItem> Items
    {
        get
        {
            lock (_items)
            {
                return new([.. _items]);
            }
        }
    }

    /// <summary>Adds a line.</summary>
    /// <param name="key">What it is about.</param>
    /// <param name="value">What it says.</param>
    public void Add(string key, string value) => Add(key, value, markdown: false);

    /// <summary>Adds a line in Markdown.</summary>
    /// <param name="key">What it is about.</param>
    /// <param name="value">What it says.</param>
    public void Add(string key, MarkdownString value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Add(key, value.Value, markdown: true);
    }

    private void Add(string key, string value, bool markdown)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        lock (_items)
        {
            _items.Add(new(key, value, markdown));
        }
    }
}
