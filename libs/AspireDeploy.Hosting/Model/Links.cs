namespace AspireDeploy.Model;

/// <summary>Someone who opens connections to a workload's port.</summary>
/// <param name="From">The name of the workload, or of the gateway, that connects.</param>
/// <param name="To">The name of the workload that is connected to.</param>
/// <param name="Port">The name of its port.</param>
internal sealed record Link(string From, string To, string Port);

/// <summary>
/// Describes who talks to whom: what the plan's references say, and nothing else. Networks and network policies are made from it.
/// </summary>
internal static class Links
{
    /// <summary>Returns all links, in ordinal order; none from a workload to itself.</summary>
    public static EquatableArray<Link> Find(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var links = new HashSet<Link>();
        foreach (var workload in plan.Workloads)
        {
            foreach (var reference in ReferencesOf(workload))
            {
                if (
                    reference.Workload != workload.Name
                    && reference.Property is not (EndpointProperty.Scheme or EndpointProperty.TargetPort)
                )
                    links.Add(new(workload.Name, reference.Workload, reference.Port));
            }
        }
        foreach (var route in plan.Gateway?.Routes ?? [])
            links.Add(new(plan.Gateway!.Name, route.Workload, route.Port));
        return links
            .OrderBy(static link => link.From, StringComparer.Ordinal)
            .ThenBy(static link => link.To, StringComparer.Ordinal)
            .ThenBy(static link => link.Port, StringComparer.Ordinal)
            .ToEquatableArray();
    }

    /// <summary>
    /// Returns every template of a workload with what a person knows it by: <c>env.NAME</c>, <c>args[0]</c>, <c>secretFiles./path</c>.
    /// </summary>
    internal static IEnumerable<(string Place, Template Value)> TemplatesOf(Workload workload)
    {
        foreach (var variable in workload.Environment)
            yield return ($"env.{variable.Name}", variable.Value);
        for (var i = 0; i < workload.Arguments.Count; i++)
            yield return ($"args[{i}]", workload.Arguments[i]);
        foreach (var file in workload.SecretFiles)
            yield return ($"secretFiles.{file.Path}", file.Content);
    }

    private static IEnumerable<EndpointReference> ReferencesOf(Workload workload) =>
        TemplatesOf(workload).SelectMany(static template => template.Value.Parts.OfType<EndpointReference>());
}
