using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>A replica's share of processors, as <see cref="CpuBuilderExtensions.WithCpu"/> declares it.</summary>
/// <param name="cpu">The request, and the limit if there is one, in cores.</param>
public sealed class CpuAnnotation(Plan.Cpu cpu) : IResourceAnnotation
{
    /// <summary>The request, and the limit if there is one, in cores.</summary>
    public Plan.Cpu Cpu { get; } = cpu;
}
