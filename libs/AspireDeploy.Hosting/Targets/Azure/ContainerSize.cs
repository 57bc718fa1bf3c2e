using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// A pair of processors and memory that the Consumption profile has: quarters of a core, half a GiB for each, up to four cores.
/// (https://learn.microsoft.com/azure/container-apps/containers#allocations)
/// </summary>
/// <param name="Quarters">Quarters of a core, 1 to 16.</param>
internal readonly record struct ContainerSize(int Quarters)
{
    private const int MostQuarters = 16;

    /// <summary>Gets the largest pair.</summary>
    internal static ContainerSize Largest { get; } = new(MostQuarters);

    /// <summary>Gets what Azure gives by default.</summary>
    internal static ContainerSize Default { get; } = new(2);

    /// <summary>Gets the cores.</summary>
    internal decimal Cores => Quarters * 0.25m;

    /// <summary>Gets the memory, which is a hard limit.</summary>
    internal Size Memory => Size.Mebibytes(Quarters * 512);

    /// <summary>
    /// Returns the smallest pair that holds what a workload declares, or else the least that its image needs; null: none does. One of which
    /// nothing is known gets what Azure gives by default, half a core and 1 GiB.
    /// </summary>
    internal static ContainerSize? For(Workload workload)
    {
        var cores = workload.Cpu is { } cpu ? cpu.Limit ?? cpu.Request : 0;
        var memory = workload.Memory?.Limit ?? workload.LeastMemory;
        if (cores > Largest.Cores || memory > Largest.Memory)
            return null;
        if (workload is { Memory: null, Cpu: null } && (memory ?? default) <= Default.Memory)
            return Default;
        var byCores = (int)Math.Ceiling(cores / 0.25m);
        var byMemory = (int)(((memory?.MebibytesRoundedUp ?? 0) + 511) / 512);
        return new(Math.Max(1, Math.Max(byCores, byMemory)));
    }

    internal BicepObject Write() => new() { { "cpu", new BicepCode($"json('{CoresText}')") }, { "memory", MemoryText } };

    private string CoresText => Cores.ToString("0.0#", CultureInfo.InvariantCulture);

    private string MemoryText => string.Create(CultureInfo.InvariantCulture, $"{Quarters * 0.5m:0.0}Gi");

    /// <inheritdoc />
    public override string ToString() => $"{CoresText} cores with {MemoryText}";
}
