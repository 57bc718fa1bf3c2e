namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Which instance a health check is run for. An address that replicas share answers for any of them, and an engine's proxy tries one that is still starting at
/// ever longer intervals: a check that knows the instance can ask it itself.
/// </summary>
internal static class CheckedInstance
{
    private static readonly AsyncLocal<string?> Slot = new();

    /// <summary>The instance's name; null outside of a check.</summary>
    public static string? Current
    {
        get => Slot.Value;
        set => Slot.Value = value;
    }
}
