namespace Aspire.Hosting.ApplicationModel;

/// <summary>Whether a command can be executed now.</summary>
public enum ResourceCommandState
{
    /// <summary>It can.</summary>
    Enabled,

    /// <summary>It is shown, and can't.</summary>
    Disabled,

    /// <summary>It isn't shown.</summary>
    Hidden,
}
