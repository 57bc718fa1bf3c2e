using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What one health check of a resource last found.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Status">What it found; null until it has run.</param>
/// <param name="Description">What it said about it.</param>
/// <param name="ExceptionText">The exception it ended in.</param>
[DebuggerDisplay("{Status}", Name = "{Name}")]
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    /// <summary>When it last ran, in UTC; null until it has run. While nothing changes this is brought up to date every half a minute.</summary>
    public DateTime? LastRunAt { get; init; }
}
