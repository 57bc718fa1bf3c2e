namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says when the dashboard hides a resource.</summary>
/// <param name="behavior">When.</param>
public sealed class HiddenAnnotation(HiddenBehavior behavior) : IResourceAnnotation
{
    /// <summary>When.</summary>
    public HiddenBehavior Behavior { get; } = behavior;

    /// <summary>The exit codes that mean that it has ended well; 0 by default.</summary>
    public IReadOnlyList<int> SuccessfulExitCodes { get; init; } = [0];
}
