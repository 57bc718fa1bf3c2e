using AspireDeploy.Model;
using AspireDeploy.Reports;
using AspireDeploy.Targets;

namespace AspireDeploy.Publishing;

/// <summary>Describes what publishing a plan for one target gives: its files, with the report among them.</summary>
/// <param name="Files">Every file, <c>deployment.md</c> included, by path.</param>
/// <param name="Report">The report.</param>
internal sealed record Publication(EquatableArray<PublishedFile> Files, DeploymentReport Report)
{
    /// <summary>Gets the report's file.</summary>
    public const string ReportFile = "deployment.md";

    /// <summary>Writes a plan for a target, if all that was declared arrives or its loss is allowed.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="target">The target.</param>
    /// <param name="allowedLosses">Losses let through, as people name them: <c>api.memory</c>.</param>
    /// <param name="overrides">The files of a person's own that are in the folder. Defaults to none.</param>
    /// <exception cref="PlanException">The plan isn't sound, the target can't write it, or a loss isn't allowed.</exception>
    public static Publication Create(
        DeploymentPlan plan,
        ITarget target,
        IReadOnlyCollection<string> allowedLosses,
        IReadOnlyList<string>? overrides = null
    )
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(allowedLosses);
        var sound = target.Fit(TargetPlan.Create(PlanValidation.Sound(plan), target.Name));
        if (target.Check(sound) is { Count: > 0 } errors)
            throw new PlanException([.. errors.Select(error => error with { Path = $"{target.Name}: {error.Path}" })]);
        var report = DeploymentReport.Create(sound, target, allowedLosses);
        var refused = report
            .Rows.Where(static row => row is { Result.Outcome: Unsupported, IsAllowed: false })
            .Select(row => Refusal(target, row.Result))
            .ToList();
        if (refused.Count > 0)
            throw new PlanException(refused);
        var written = target.Write(sound);
        var changes = written.SelectMany(static file => file.Changes).ToList();
        var missed = sound
            .Changes.Where(change => change.Target == target.Kind && !changes.Any(made => made.Resource == change.Resource))
            .Select(change => new PlanError(
                $"{change.Resource}.{change.Method}",
                $"{change.Resource} is nothing of its own on {target.Title} that could be changed; take the call away"
            ))
            .ToList();
        if (missed.Count > 0)
            throw new PlanException(missed);
        report = report with
        {
            Changes = changes.Where(static change => !change.Members.IsEmpty).ToEquatableArray(),
            Overrides = (overrides ?? []).ToEquatableArray(),
        };
        PublishedFile[] files = [.. written, new(ReportFile, ReportMarkdown.Write(report))];
        return new(files.OrderBy(static file => file.Path, StringComparer.Ordinal).ToEquatableArray(), report);
    }

    private static PlanError Refusal(ITarget target, ConceptResult result)
    {
        var lost = (Unsupported)result.Outcome;
        return new(
            result.Key,
            $"{target.Title} can't carry \"{result.Declared}\". {lost.What}. Remedy: {lost.Remedy}; or let it go with --allow-loss "
                + $"{result.Key}."
        );
    }
}
