namespace AspireDeploy.Model;

/// <summary>The plan of one target: the declaration's, without what is kept out of that target.</summary>
internal static class TargetPlan
{
    /// <summary>Makes it.</summary>
    /// <param name="plan">The declaration's plan.</param>
    /// <param name="target">The target's name.</param>
    /// <exception cref="PlanException">Something that stays needs what is kept out.</exception>
    internal static DeploymentPlan Create(DeploymentPlan plan, string target)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var exclusions = plan
            .Exclusions.Where(exclusion => exclusion.Target == target)
            .DistinctBy(static exclusion => exclusion.Resource)
            .ToList();
        var gone = exclusions.Select(static exclusion => exclusion.Resource).ToHashSet(StringComparer.Ordinal);
        var gateway = plan.Gateway is { } whole && !gone.Contains(whole.Name) ? whole : null;
        var kept = plan with
        {
            Workloads = plan.Workloads.Where(workload => !gone.Contains(workload.Name)).ToEquatableArray(),
            Gateway = gateway,
            Exclusions = [],
            Changes = plan.Changes.Where(change => !gone.Contains(change.Resource)).ToEquatableArray(),
        };
        if (gone.Count == 0)
            return kept;
        List<PlanError> errors =
        [
            .. kept.Workloads.SelectMany(workload => Needs(workload, plan, gone, target)),
            .. Routes(gateway, gone, target),
        ];
        if (errors.Count > 0)
            throw new PlanException(errors);
        var (before, after) = (NamesIn(plan), NamesIn(kept));
        var lost = before.Except(after).ToHashSet(StringComparer.Ordinal);
        return kept with
        {
            Volumes = plan
                .Volumes.Where(volume => kept.Workloads.Any(workload => workload.Mounts.Any(mount => mount.Volume == volume.Name)))
                .ToEquatableArray(),
            Secrets = plan.Secrets.Where(secret => !lost.Contains(secret.Name)).ToEquatableArray(),
            Parameters = plan.Parameters.Where(parameter => !lost.Contains(parameter.Name)).ToEquatableArray(),
            KeptOut = exclusions
                .Select(static exclusion => new LeftOut(exclusion.Resource, exclusion.Why, exclusion.Remedy))
                .ToEquatableArray(),
        };
    }

    // One for each that is needed: its address says more than that it is waited for.
    private static IEnumerable<PlanError> Needs(Workload workload, DeploymentPlan plan, HashSet<string> gone, string target)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (place, value) in Links.TemplatesOf(workload))
        {
            foreach (
                var on in value
                    .Parts.Select(part =>
                        part switch
                        {
                            EndpointReference endpoint => endpoint.Workload,
                            GatewayReference => plan.Gateway?.Name,
                            _ => null,
                        }
                    )
                    .OfType<string>()
                    .Where(on => gone.Contains(on) && told.Add(on))
            )
                yield return new(
                    $"{workload.Name}.{place}",
                    $"refers to {on}, which is kept out of {target}; keep {workload.Name} out of it too, ExcludeFrom({target}), or "
                        + $"give it the address by a parameter: WithEnvironment(\"NAME\", builder.AddParameter(\"{on}-address\"))"
                );
        }
        foreach (var on in workload.Dependencies.Select(static dependency => dependency.On).Where(on => gone.Contains(on) && told.Add(on)))
            yield return new(
                $"{workload.Name}.waits",
                $"waits for {on}, which is kept out of {target}; keep {workload.Name} out of it too, ExcludeFrom({target}), or have "
                    + "it wait for what is there"
            );
    }

    private static IEnumerable<PlanError> Routes(PublicGateway? gateway, HashSet<string> gone, string target) =>
        (gateway?.Routes ?? [])
            .Where(route => gone.Contains(route.Workload))
            .Select(route => new PlanError(
                $"{gateway!.Name}.routes.{route.PathPrefix}",
                $"leads to {route.Workload}, which is kept out of {target}; keep {gateway.Name} out of it too, "
                    + $"ExcludeFrom({target}), or leave {route.Workload} in"
            ));

    private static HashSet<string> NamesIn(DeploymentPlan plan) =>
        plan
            .Workloads.SelectMany(Links.TemplatesOf)
            .Select(static each => each.Value)
            .Concat(plan.Gateway is { } gateway ? [gateway.Host] : [])
            .SelectMany(static value => value.Parts)
            .Select(static part =>
                part switch
                {
                    SecretReference secret => secret.Secret,
                    ParameterReference parameter => parameter.Parameter,
                    _ => null,
                }
            )
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
}
