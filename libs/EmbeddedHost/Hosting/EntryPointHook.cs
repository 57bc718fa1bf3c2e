using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>
/// Lets a test run an AppHost's own <c>Main</c> up to <c>Build()</c>. It flows with the execution context of the thread that runs <c>Main</c>, so several
/// can run side by side in one process.
/// </summary>
internal sealed class EntryPointHook
{
    private static readonly AsyncLocal<EntryPointHook?> Slot = new();

    public static EntryPointHook? Current
    {
        get => Slot.Value;
        set => Slot.Value = value;
    }

    /// <summary>Called with the options before a builder is made from them.</summary>
    public required Action<DistributedApplicationOptions, HostApplicationBuilderSettings> Creating { get; init; }

    /// <summary>Called when <c>Main</c> has made its builder.</summary>
    public required Action<DistributedApplicationBuilder> Created { get; init; }

    /// <summary>Called when <c>Main</c> calls <c>Build()</c>; returns once the test has added its own declarations.</summary>
    public required Action<DistributedApplicationBuilder> Building { get; init; }

    /// <summary>Called with what was built; it does not return, so that <c>Main</c> runs no further.</summary>
    public required Action<DistributedApplication> Built { get; init; }
}
