using System.Globalization;

namespace AspireDeploy.Local.Memory.ControlGroups;

/// <summary>Describes what a replica uses of its limit.</summary>
/// <param name="Used">In bytes.</param>
/// <param name="Limit">In bytes.</param>
internal readonly record struct MemoryUse(long Used, long Limit)
{
    internal bool IsOver => Used > Limit;

    internal int Percent => (int)(Used * 100 / Limit);

    /// <summary><c>120 MiB of 256 MiB</c>. What is used is rounded up: over the limit never looks like at it.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Used + (1 << 20) - 1) >> 20} MiB of {Limit >> 20} MiB");
}
