using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A URL of a resource.</summary>
/// <param name="Name">The name of the endpoint it belongs to; null if it belongs to none.</param>
/// <param name="Url">The URL.</param>
/// <param name="IsInternal">Whether it is of use to other resources only, and is not shown in the list of resources.</param>
[DebuggerDisplay("{Url}", Name = "{Name}")]
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    /// <summary>How it is shown.</summary>
    public UrlDisplayPropertiesSnapshot DisplayProperties { get; init; } = new();

    /// <summary>Whether nothing listens there yet, or any more.</summary>
    public bool IsInactive { get; init; }
}
