using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>All that is known about one instance of a resource at one time.</summary>
[DebuggerDisplay("ResourceType = {ResourceType,nq}, State = {State?.Text,nq}, HealthStatus = {HealthStatus?.ToString(),nq}, Properties = {Properties.Length}")]
public sealed record CustomResourceSnapshot
{
    /// <summary>What kind of resource it is, such as <c>Project</c> or <c>Container</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>More to know about it.</summary>
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    /// <summary>When it came to be, in UTC.</summary>
    public DateTime? CreationTimeStamp { get; init; }

    /// <summary>When it last started, in UTC.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When it last stopped, in UTC.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>Its state; null while it has none.</summary>
    public ResourceStateSnapshot? State { get; init; }

    /// <summary>The code it exited with.</summary>
    public int? ExitCode { get; init; }

    /// <summary>
    /// Its health: null unless it runs, healthy if it has no health checks, and otherwise the worst that they found. A check that has not run yet counts as unhealthy.
    /// </summary>
    public HealthStatus? HealthStatus => State?.Text != KnownResourceStates.Running
        ? null
        : HealthReports.Aggregate(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy, (worst, report) =>
            (HealthStatus)Math.Min((int)worst, (int)(report.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy)));

    /// <summary>What its health checks last found.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports { get; internal init; } = [];

    /// <summary>Its environment variables.</summary>
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    /// <summary>Its URLs.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>What is mounted in it.</summary>
    public ImmutableArray<VolumeSnapshot> Volumes { get; init; } = [];

    /// <summary>What can be done with it.</summary>
    public ImmutableArray<ResourceCommandSnapshot> Commands { get; init; } = [];

    /// <summary>Its relations to other resources.</summary>
    public ImmutableArray<RelationshipSnapshot> Relationships { get; init; } = [];

    /// <summary>Whether the dashboard hides it unless it is asked to show hidden resources.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The name of its icon among the Fluent UI system icons; null to let the dashboard choose.</summary>
    public string? IconName { get; init; }

    /// <summary>Which variant of the icon.</summary>
    public IconVariant? IconVariant { get; init; }

    /// <summary>Counts what was published about the instance.</summary>
    internal long Version { get; init; }

    /// <summary>Counts how often the instance has begun to run. What was found out about an earlier run says nothing about this one.</summary>
    internal int Run { get; init; }

    /// <summary>What became of the handlers of the event that says that the resource is ready, once they have ended. Null until then, and at the beginning of a run.</summary>
    internal Task? Ready { get; init; }
}
