using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>One instance of a resource: a replica, or the only one.</summary>
internal sealed class Instance(IResource resource, string name, int index) : IDisposable
{
    private TaskCompletionSource? _running;
    private int _attempts;

    public IResource Resource => resource;

    /// <summary>What notifications, logs and commands call it.</summary>
    public string Name => name;

    /// <summary>What tells it from its siblings: its name without the resource's. The dashboard puts both together again to find whose telemetry it has.</summary>
    public string Suffix => name[(resource.Name.Length + 1)..];

    /// <summary>Which of the replicas it is, from 0.</summary>
    public int Index => index;

    /// <summary>Held while the instance is being started or stopped, so that two commands don't do both at once.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>The DCP object that runs it now, or ran it last; null before the first start. Every start makes a new one.</summary>
    public string? ObjectName { get; private set; }

    /// <summary>When that object was asked for.</summary>
    public DateTime Asked { get; private set; }

    /// <summary>Ends when the process or container of the last start has ended and that has been told; it is complete when there is none.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public bool IsRunning => Volatile.Read(ref _running) is not null;

    /// <summary>Names the DCP object of the next start.</summary>
    public string NextObject()
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Ended = running.Task;
        Volatile.Write(ref _running, running);
        _attempts++;
        Asked = DateTime.UtcNow;
        return ObjectName = _attempts == 1 ? name : $"{name}-{_attempts}";
    }

    /// <summary>Notes the end: from now on it can be started again.</summary>
    /// <returns>What is to be completed once the end has been told; null if it had been noted before.</returns>
    public TaskCompletionSource? MarkEnded() => Interlocked.Exchange(ref _running, null);

    public void Dispose() => Gate.Dispose();
}
