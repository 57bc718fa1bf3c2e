namespace Aspire.Hosting.ApplicationModel;

/// <summary>How the notification service waits.</summary>
public sealed class ResourceNotificationServiceOptions
{
    /// <summary>What a wait does when what it waits for has failed, unless it says so itself.</summary>
    public WaitBehavior DefaultWaitBehavior { get; set; }
}
