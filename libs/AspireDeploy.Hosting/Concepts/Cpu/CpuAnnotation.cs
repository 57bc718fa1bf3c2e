using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>A replica's share of processors, as <see cref="Aspire.Hosting.CpuBuilderExtensions.WithCpu"/> declares it.</summary>
/// <param name="cpu">The request, and the limit if there is one, in cores.</param>
public sealed class CpuAnnotation(Model.Cpu cpu) : IResourceAnnotation
{
    /// <summary>The request, and the limit if there is one, in cores.</summary>
    public Model.Cpu Cpu { get; } = cpu;
}
