using System.Diagnostics;

namespace Aspire.Hosting;

/// <summary>A value that a command takes.</summary>
[DebuggerDisplay("Name = {Name}, InputType = {InputType}, Required = {Required}")]
public sealed class InteractionInput
{
    /// <summary>The input's name.</summary>
    public required string Name { get; init; }

    /// <summary>The name that is shown; null to show <see cref="Name"/>.</summary>
    public string? Label { get; init; }

    /// <summary>What the value is for.</summary>
    public string? Description { get; init; }

    /// <summary>Whether <see cref="Description"/> is Markdown.</summary>
    public bool EnableDescriptionMarkdown { get; init; }

    /// <summary>What kind of value it takes.</summary>
    public required InputType InputType { get; init; }

    /// <summary>Whether there must be a value.</summary>
    public bool Required { get; init; }

    /// <summary>The options of a choice: what is stored, and what is shown.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Options { get; set; }

    /// <summary>The value.</summary>
    public string? Value { get; set; }

    /// <summary>What stands in the field while it is empty.</summary>
    public string? Placeholder { get; set; }

    /// <summary>Whether a choice also takes what isn't among its options.</summary>
    public bool AllowCustomChoice { get; init; }

    /// <summary>Whether no value can be given.</summary>
    public bool Disabled { get; set; }

    /// <summary>The longest value in characters; null for no limit of its own.</summary>
    public int? MaxLength { get; set; }

    /// <summary>What is wrong with the value.</summary>
    internal List<string> ValidationErrors { get; } = [];
}
