using System.Globalization;

namespace AspireDeploy.Model;

/// <summary>A replica's memory.</summary>
/// <param name="Request">What is set aside for it.</param>
/// <param name="Limit">What it may use; going over it ends that replica and no other.</param>
internal sealed record Memory(Size Request, Size Limit)
{
    /// <inheritdoc />
    public override string ToString() => $"limit {Limit}, request {Request}";
}

/// <summary>A replica's share of processors.</summary>
/// <param name="Request">Cores set aside for it.</param>
/// <param name="Limit">Cores it may use; null: as many as are idle.</param>
internal sealed record Cpu(decimal Request, decimal? Limit = null)
{
    /// <inheritdoc />
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"request {Request}{(Limit is { } limit ? $", limit {limit}" : "")}");
}
