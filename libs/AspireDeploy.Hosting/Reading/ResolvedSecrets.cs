using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// Finds values of secrets that a callback of the declaration has asked for while publishing, and put into a text: they would be published
/// as they are on this machine.
/// </summary>
internal static class ResolvedSecrets
{
    // A shorter one, or a plain word, stands in texts that have nothing to do with it.
    private const int Shortest = 8;

    /// <summary>Returns a mistake for each text of a plan that has such a value.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="model">The app model, whose parameters are looked at.</param>
    internal static IEnumerable<PlanError> Find(DeploymentPlan plan, IReadOnlyList<IResource> model)
    {
        var values = model
            .SelectMany(ParametersOf)
            .Distinct()
            .Where(ParameterReading.IsSecret)
            .Select(static parameter => (parameter.Name, Value: ParameterReading.ResolvedValue(parameter)))
            .Where(static parameter => parameter.Value is { } value && IsTelling(value))
            .ToList();
        if (values.Count == 0)
            yield break;
        foreach (var workload in plan.Workloads)
        {
            foreach (var (place, text) in TextsOf(workload))
            {
                if (values.Find(each => text.Contains(each.Value!, StringComparison.Ordinal)) is { Name: { } secret })
                    yield return new(
                        $"{workload.Name}.{place}",
                        $"holds the value of {secret} on this machine, which a callback asked for; give the parameter itself in place of "
                            + "its value, in a text with ReferenceExpression.Create"
                    );
            }
        }
    }

    private static IEnumerable<(string Place, string Text)> TextsOf(Workload workload) =>
        Links
            .TemplatesOf(workload)
            .SelectMany(static each => each.Value.Parts.OfType<Literal>().Select(literal => (each.Place, literal.Text)))
            .Concat(workload.Files.Select(static file => ($"files.{file.Path}", file.Content)));

    private static bool IsTelling(string value) =>
        value.Length >= Shortest && value.Any(char.IsAsciiLetter) && value.Any(static letter => !char.IsAsciiLetter(letter));

    // A server's password is nowhere in the model but in its connection string.
    private static IEnumerable<ParameterResource> ParametersOf(IResource resource) =>
        resource is ParameterResource parameter ? [parameter]
        : resource is IResourceWithConnectionString connected ? ParametersIn(connected.ConnectionStringExpression, [])
        : [];

    private static IEnumerable<ParameterResource> ParametersIn(IValueWithReferences value, HashSet<object> seen) =>
        seen.Add(value)
            ? value.References.SelectMany(reference =>
                reference switch
                {
                    ParameterResource parameter => [parameter],
                    IValueWithReferences inner => ParametersIn(inner, seen),
                    _ => [],
                }
            )
            : [];
}
