using AspireDeploy.Model;
using AspireDeploy.Targets;

namespace AspireDeploy.Reports;

/// <summary>
/// Describes what a publish says at its end: what became of everything declared, what is still to be supplied, and what starts before what.
/// </summary>
/// <param name="Plan">The plan.</param>
/// <param name="Target">The target.</param>
/// <param name="Rows">Every declared concept of every resource.</param>
/// <param name="Notes">What wasn't declared though it should be considered, such as a service without a memory limit.</param>
/// <param name="Inputs">What a person supplies.</param>
/// <param name="Commands">What to run next.</param>
internal sealed record DeploymentReport(
    DeploymentPlan Plan,
    ITarget Target,
    EquatableArray<ReportRow> Rows,
    EquatableArray<string> Notes,
    EquatableArray<RequiredInput> Inputs,
    EquatableArray<OperatorCommand> Commands
)
{
    /// <summary>Gets what the AppHost has changed of the target's own objects.</summary>
    public EquatableArray<PublishedChange> Changes { get; init; }

    /// <summary>Gets the files of a person's own that were in the folder.</summary>
    public EquatableArray<string> Overrides { get; init; }

    /// <summary>Makes the report of a sound plan.</summary>
    public static DeploymentReport Create(DeploymentPlan plan, ITarget target, IReadOnlyCollection<string> allowedLosses)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(target);
        var rows = target
            .Concepts.Judge(plan)
            .Select(result => new ReportRow(result, allowedLosses.Contains(result.Key, StringComparer.OrdinalIgnoreCase)))
            .ToEquatableArray();
        return new(plan, target, rows, NotesOn(plan, rows).ToEquatableArray(), target.Inputs(plan), target.Commands(plan));
    }

    private static IEnumerable<string> NotesOn(DeploymentPlan plan, EquatableArray<ReportRow> rows)
    {
        if (!plan.Unread.IsEmpty)
            yield return $"Nothing here reads {string.Join(", ", plan.Unread)}. If it says something of a deployment, declare that "
                + "otherwise.";
        foreach (var workload in plan.Workloads)
        {
            // A target that limits by itself has said so.
            if (!rows.Any(row => row.Result.Definition.Concept == Concept.Memory && row.Result.Resource == workload.Name))
                yield return $"{workload.Name} has no memory limit: one replica can take all of its machine's. Declare .WithMemory(limit).";
            if (workload is { IsJob: false, Probes: { Readiness: null, Startup: null, Liveness: null } })
                yield return $"{workload.Name} has no health check: nobody can tell whether it serves. Declare WithHttpHealthCheck "
                    + "or WithHttpProbe.";
            if (workload is { Image: ProjectImage, HealthCommand.IsEmpty: true } && TemplatesPath(workload.Probes) is { } path)
            {
                yield return $"{workload.Name} is asked for GET {path}, which Aspire's template maps in Development only. "
                    + "Map it in every environment, in MapDefaultEndpoints of ServiceDefaults, unless it is already.";
            }
            if (
                workload.Image is ImageReference server
                && WellKnownImages.Find(server) is { DataPath: { } place, Outbound: false }
                && !workload.Mounts.Any(mount => mount.Path == place || place.StartsWith(mount.Path + "/", StringComparison.Ordinal))
            )
                yield return $"{workload.Name} keeps its data at {place} in its container, and an update or another machine loses "
                    + "it. Declare WithDataVolume or WithVolume, unless it may be lost.";
            if (workload.Image is ImageReference { Digest: null, Tag: null or "latest" })
                yield return $"{workload.Name}'s image isn't pinned: two machines may run different ones. Give a version or a digest.";
        }
    }

    private static string? TemplatesPath(Probes probes) =>
        new[] { probes.Readiness, probes.Startup, probes.Liveness }
            .Select(static probe => probe?.FindHttp()?.Path)
            .FirstOrDefault(static path => path is "/health" or "/alive");
}

/// <summary>A line of the report.</summary>
/// <param name="Result">What became of a concept.</param>
/// <param name="IsAllowed">Whether its loss was let through by name.</param>
internal sealed record ReportRow(ConceptResult Result, bool IsAllowed);
