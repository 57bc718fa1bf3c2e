using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>A replica's share of processors, as <see cref="Aspire.Hosting.CpuBuilderExtensions.WithCpu"/> declares it.</summary>
public sealed class CpuAnnotation : IResourceAnnotation
{
    internal CpuAnnotation(Model.Cpu cpu) => Cpu = cpu;

    /// <summary>Gets the cores that are set aside for it.</summary>
    public decimal Request => Cpu.Request;

    /// <summary>Gets the cores that it gets at most; null if there is no limit.</summary>
    public decimal? Limit => Cpu.Limit;

    internal Model.Cpu Cpu { get; }
}
