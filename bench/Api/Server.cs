using System.Diagnostics;
using AspireDeploy.Workload;

namespace AspireDeploy.Bench.Api;

/// <summary>A server that is measured: a process of its own.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Running">Its process.</param>
/// <param name="Path">Where its items are.</param>
internal sealed record Server(string Name, ServiceProcess Running, string Path) : IAsyncDisposable
{
    /// <summary>Gets the processor time that it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            using var process = Process.GetProcessById(Running.Id);
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Gets the memory that it has in use, shared libraries included, in MiB.</summary>
    public double Memory
    {
        get
        {
            using var process = Process.GetProcessById(Running.Id);
            return process.WorkingSet64 / 1024.0 / 1024;
        }
    }

    public ValueTask DisposeAsync() => Running.DisposeAsync();
}
