namespace Aspire.Hosting.Eventing;

/// <summary>How an event's subscribers are called.</summary>
public enum EventDispatchBehavior
{
    /// <summary>One after another; the publisher waits for the last.</summary>
    BlockingSequential,

    /// <summary>All at once; the publisher waits for the last.</summary>
    BlockingConcurrent,

    /// <summary>One after another; the publisher does not wait.</summary>
    NonBlockingSequential,

    /// <summary>All at once; the publisher does not wait.</summary>
    NonBlockingConcurrent,
}
