namespace Aspire.Hosting;

/// <summary>What an AppHost was started for.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>To run the application on this machine.</summary>
    Run,

    /// <summary>To write it for a deployment target.</summary>
    Publish,
}
