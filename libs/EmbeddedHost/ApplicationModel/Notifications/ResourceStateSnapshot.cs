using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The state of a resource, as a person reads it.</summary>
/// <param name="Text">The state; one of <see cref="KnownResourceStates"/>, or any other text.</param>
/// <param name="Style">How it is shown, one of <see cref="KnownResourceStateStyles"/>; null to let the dashboard choose.</param>
[DebuggerDisplay("{Text}")]
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>Makes a state without a style of its own.</summary>
    /// <param name="s">The state; null for none.</param>
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, null);
}
