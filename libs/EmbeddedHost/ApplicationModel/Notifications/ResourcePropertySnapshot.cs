using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>One more thing to know about a resource.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Value">Its value: a string, a number, a boolean, or a list of strings.</param>
[DebuggerDisplay("{Value}", Name = "{Name}")]
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    /// <summary>The name that is shown; null to show <see cref="Name"/>.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Whether the value is masked until somebody asks to see it.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>Whether the property is shown even when only the important ones are.</summary>
    public bool IsHighlighted { get; init; }

    /// <summary>Its place among the resource's properties: the lowest comes first; null for none of its own.</summary>
    public int? SortOrder { get; init; }
}
