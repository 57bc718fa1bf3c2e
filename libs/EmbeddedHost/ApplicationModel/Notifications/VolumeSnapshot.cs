using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A volume or a directory mounted in a container.</summary>
/// <param name="Source">The volume's name or the directory on this machine; null for an anonymous volume.</param>
/// <param name="Target">The path in the container.</param>
/// <param name="MountType"><c>volume</c> or <c>bind</c>.</param>
/// <param name="IsReadOnly">Whether the container may only read it.</param>
[DebuggerDisplay("{Source}", Name = "{Target}")]
public sealed record VolumeSnapshot(string? Source, string Target, string MountType, bool IsReadOnly);
