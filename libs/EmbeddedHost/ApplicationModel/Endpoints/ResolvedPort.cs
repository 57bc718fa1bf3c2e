namespace Aspire.Hosting.ApplicationModel;

/// <summary>A port of an endpoint when publishing, and where it comes from.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "Value is the alternate.")]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "Part of Aspire's API.")]
public readonly struct ResolvedPort
{
    /// <summary>The port; null if the deployment tool picks it.</summary>
    public int? Value { get; init; }

    /// <summary>Whether it was given out, as none was declared.</summary>
    public bool IsAllocated { get; init; }

    /// <summary>Whether it follows from the endpoint's other port.</summary>
    public bool IsImplicit { get; init; }

    /// <summary>The port.</summary>
    /// <param name="resolvedPort">A port.</param>
    public static implicit operator int?(ResolvedPort resolvedPort) => resolvedPort.Value;

    /// <summary>A port that was declared.</summary>
    /// <param name="port">The port.</param>
    /// <returns>The port.</returns>
    public static ResolvedPort Explicit(int port) => new() { Value = port };

    /// <summary>A port that follows from the endpoint's other port.</summary>
    /// <param name="port">The port.</param>
    /// <returns>The port.</returns>
    public static ResolvedPort Implicit(int port) => new() { Value = port, IsImplicit = true };

    /// <summary>A port that was given out.</summary>
    /// <param name="port">The port.</param>
    /// <returns>The port.</returns>
    public static ResolvedPort Allocated(int port) => new() { Value = port, IsAllocated = true };

    /// <summary>No port: the deployment tool picks it.</summary>
    /// <returns>No port.</returns>
    public static ResolvedPort None() => default;
}
