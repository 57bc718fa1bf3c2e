namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a snapshot says besides what was published: what follows from the resource's annotations and from its state.</summary>
internal static class ResourceSnapshots
{
    /// <summary>What is known of a resource before anything is published about it.</summary>
    public static CustomResourceSnapshot Initial(IResource resource)
    {
        var declared = resource.Annotations.OfType<ResourceSnapshotAnnotation>().LastOrDefault()?.InitialSnapshot
            ?? new CustomResourceSnapshot { ResourceType = TypeName(resource), Properties = [] };
        var icon = resource.Annotations.OfType<ResourceIconAnnotation>().LastOrDefault();
        var initial = declared with
        {
            Relationships = [.. declared.Relationships.Concat(Relationships(resource)).Distinct()],
            IconName = declared.IconName ?? icon?.IconName,
            IconVariant = declared.IconVariant ?? icon?.IconVariant,
        };

        // The dashboard shows a child below the instance that it lives inside.
        return resource is IResourceWithParent child ? initial.WithProperty(KnownResourceProperties.ParentName, child.Parent.InstanceIds()[0]) : initial;
    }

    /// <summary>Completes a snapshot that is to be published.</summary>
    public static CustomResourceSnapshot Derive(IResource resource, CustomResourceSnapshot before, CustomResourceSnapshot after, IServiceProvider services)
    {
        after = WithRun(before, after);
        after = WithReasonOnlyWhereItApplies(after);
        after = WithChecks(resource, after);
        after = WithVisibility(resource, after);
        return WithCommands(resource, after, services);
    }

    private static IEnumerable<RelationshipSnapshot> Relationships(IResource resource)
    {
        var declared = resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(r => new RelationshipSnapshot(r.Resource.Name, r.Type));
        return resource is IResourceWithParent child ? declared.Prepend(new RelationshipSnapshot(child.Parent.Name, "Parent")) : declared;
    }

    // The dashboard knows the kinds of resources by these names.
    private static string TypeName(IResource resource) => resource switch
    {
        ProjectResource => "Project",
        ContainerResource => "Container",
        ExecutableResource => "Executable",
        ParameterResource => "Parameter",
        ConnectionStringResource => "ConnectionString",
        _ => resource.GetType().Name,
    };

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

    // A check that has not run yet is known of: until it has, a running resource is not healthy.
    private static CustomResourceSnapshot WithChecks(IResource resource, CustomResourceSnapshot snapshot)
    {
        var missing = HealthCheckKeys.Of(resource).Where(key => snapshot.HealthReports.All(r => r.Name != key)).ToList();
        return missing.Count == 0 ? snapshot : snapshot with { HealthReports = [.. snapshot.HealthReports, .. missing.Select(key => new HealthReportSnapshot(key, null, null, null))] };
    }

    private static CustomResourceSnapshot WithVisibility(IResource resource, CustomResourceSnapshot snapshot) => resource.Annotations.OfType<HiddenAnnotation>().LastOrDefault() switch
    {
        null => snapshot,
        { Behavior: HiddenBehavior.OnCompletion } hidden =>
            snapshot with { IsHidden = DependencyState.IsTerminal(snapshot) && snapshot.ExitCode is { } code && hidden.SuccessfulExitCodes.Contains(code) },
        _ => snapshot with { IsHidden = true },
    };

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
