using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A command of a resource, and whether it can be executed now.</summary>
/// <param name="Name">The command's name.</param>
/// <param name="State">Whether it can be executed now.</param>
/// <param name="DisplayName">The name that is shown.</param>
/// <param name="DisplayDescription">What it does.</param>
/// <param name="Parameter">Obsolete.</param>
/// <param name="ConfirmationMessage">What is asked before it is executed; null to ask nothing.</param>
/// <param name="IconName">The name of its icon among the Fluent UI system icons.</param>
/// <param name="IconVariant">Which variant of the icon.</param>
/// <param name="IsHighlighted">Whether it is shown next to the resource; otherwise it is in the menu.</param>
[DebuggerDisplay("{State}", Name = "{Name}")]
public sealed record ResourceCommandSnapshot(
    string Name,
    ResourceCommandState State,
    string DisplayName,
    string? DisplayDescription,
    [property: Obsolete("Describe what the command takes with Arguments.")] object? Parameter,
    string? ConfirmationMessage,
    string? IconName,
    IconVariant? IconVariant,
    bool IsHighlighted)
{
    /// <summary>What it takes.</summary>
    public IReadOnlyList<InteractionInput> Arguments { get; init; } = [];

    /// <summary>Who is offered it.</summary>
    public ResourceCommandVisibility Visibility { get; init; } = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api;
}
