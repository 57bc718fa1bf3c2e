using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>A replica's memory, as <see cref="Aspire.Hosting.MemoryBuilderExtensions.WithMemory"/> declares it.</summary>
public sealed class MemoryAnnotation : IResourceAnnotation
{
    internal MemoryAnnotation(Model.Memory memory) => Memory = memory;

    /// <summary>Gets the bytes that are set aside for it.</summary>
    public long RequestBytes => Memory.Request.Bytes;

    /// <summary>Gets the bytes that it gets at most: a replica that goes over them is ended.</summary>
    public long LimitBytes => Memory.Limit.Bytes;

    internal Model.Memory Memory { get; }
}
