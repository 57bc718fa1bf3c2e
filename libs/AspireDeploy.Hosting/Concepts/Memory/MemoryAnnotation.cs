using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>A replica's memory, as <see cref="Aspire.Hosting.MemoryBuilderExtensions.WithMemory"/> declares it.</summary>
/// <param name="memory">The limit, which ends the replica that goes over it, and the request.</param>
public sealed class MemoryAnnotation(Model.Memory memory) : IResourceAnnotation
{
    /// <summary>The limit, which ends the replica that goes over it, and the request.</summary>
    public Model.Memory Memory { get; } = memory;
}
