using System.Buffers;
using System.Buffers.Binary;
using AspireDeploy.Api.Items;
using Microsoft.Extensions.Caching.Hybrid;

namespace AspireDeploy.Api.Caching;

/// <summary>A stored item as bytes: its version, four bytes little-endian, then its JSON.</summary>
internal sealed class StoredItemSerializer : IHybridCacheSerializer<StoredItem>
{
    public StoredItem Deserialize(ReadOnlySequence<byte> source)
    {
        Span<byte> version = stackalloc byte[sizeof(int)];
        source.Slice(0, sizeof(int)).CopyTo(version);
        return new(BinaryPrimitives.ReadInt32LittleEndian(version), source.Slice(sizeof(int)).ToArray());
    }

    public void Serialize(StoredItem value, IBufferWriter<byte> target)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target.GetSpan(sizeof(int)), value.Version);
        target.Advance(sizeof(int));
        target.Write(value.Json);
    }
}
