using System.Collections.Immutable;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a snapshot says besides what was published: what follows from the resource's annotations and from its state.</summary>
internal static class ResourceSnapshots
{
    /// <summary>What is known of a resource before anything is published about it.</summary>
    public static CustomResourceSnapshot Initial(IResource resource)
        => resource.Annotations.OfType<ResourceSnapshotAnnotation>().LastOrDefault()?.InitialSnapshot
        ?? new CustomResourceSnapshot { ResourceType = resource.GetType().Name, Properties = [], Relationships = Relationships(resource) };

    /// <summary>Completes a snapshot that is to be published.</summary>
    public static CustomResourceSnapshot Derive(IResource resource, CustomResourceSnapshot before, CustomResourceSnapshot after, IServiceProvider services)
    {
        after = WithRun(before, after);
        after = WithReasonOnlyWhereItApplies(after);
        return WithCommands(resource, after, services);
    }

    public static ImmutableArray<RelationshipSnapshot> Relationships(IResource resource)
        => resource is IResourceWithParent child ? [new RelationshipSnapshot(child.Parent.Name, "Parent")] : [];

    // What was found out about a run says nothing about the next: a resource that comes back is not healthy or ready because it once was.
    private static CustomResourceSnapshot WithRun(CustomResourceSnapshot before, CustomResourceSnapshot after)
    {
        var ran = before.State?.Text == KnownResourceStates.Running;
        var runs = after.State?.Text == KnownResourceStates.Running;
        var anew = runs && (!ran || (before.StartTimeStamp is { } last && after.StartTimeStamp is { } start && start != last));
        if (ran && (!runs || anew))
        {
            after = after with
            {
                Ready = null,
                HealthReports = [.. after.HealthReports.Select(r => new HealthReportSnapshot(r.Name, null, null, null))],
            };
        }

        return anew ? after with { Run = before.Run + 1 } : after;
    }

    private static CustomResourceSnapshot WithReasonOnlyWhereItApplies(CustomResourceSnapshot snapshot)
    {
        var waits = snapshot.State?.Text == KnownResourceStates.Waiting;
        if (!waits)
            snapshot = snapshot.WithoutProperty(KnownResourceProperties.WaitingFor);
        return waits || snapshot.State?.Text == KnownResourceStates.FailedToStart ? snapshot : snapshot.WithoutProperty(KnownResourceProperties.Reason);
    }

    private static CustomResourceSnapshot WithCommands(IResource resource, CustomResourceSnapshot snapshot, IServiceProvider services)
    {
        var commands = snapshot.Commands;
        foreach (var declared in resource.Annotations.OfType<ResourceCommandAnnotation>())
        {
            var state = declared.UpdateState(new UpdateCommandStateContext { ResourceSnapshot = snapshot, Services = services });
            if (commands.FirstOrDefault(c => c.Name == declared.Name) is { } known)
                commands = commands.Replace(known, known with { State = state });
            else
                commands = commands.Add(declared.ToSnapshot(state));
        }

        return snapshot with { Commands = commands };
    }
}
