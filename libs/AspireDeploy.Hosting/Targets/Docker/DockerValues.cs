using AspireDeploy.Plan;
using AspireDeploy.Yaml;

namespace AspireDeploy.Targets.Docker;

/// <summary>Values as a Compose or stack file holds them: references by the names of Docker's own DNS, and <c>$</c> doubled, since a single one would be filled in.</summary>
internal sealed class DockerValues(DeploymentPlan plan)
{
    private readonly ServiceAddresses _addresses = new(plan);

    /// <summary>A literal.</summary>
    internal static string Escape(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>A value that holds no secret.</summary>
    internal string Write(Template value) => value.Render(part => part switch
    {
        Literal literal => Escape(literal.Text),
        ParameterReference parameter => DockerSettings.Of(ParameterNamed(parameter.Parameter)).Placeholder,
        EndpointReference endpoint => Resolve(endpoint),
        EdgeReference edge => Resolve(edge, Write),
        _ => throw new ArgumentException($"{part} can't be written into a file that isn't private.", nameof(value)),
    });

    /// <summary>What a reference to a workload's endpoint is.</summary>
    internal string Resolve(EndpointReference reference) => _addresses.Resolve(reference);

    /// <summary>What a reference to the edge is, with its host written by <paramref name="write"/>.</summary>
    internal string Resolve(EdgeReference reference, Func<Template, string> write) => _addresses.Resolve(reference, write);

    /// <summary>The environment of a workload, less its secrets, with the variables that name its secret files.</summary>
    internal YamlMap? Environment(Workload workload, EquatableArray<MountedSecret> mounted)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in workload.Environment)
        {
            if (!variable.HoldsSecret) variables[variable.Name] = Write(variable.Value);
        }
        foreach (var secret in mounted)
        {
            if (secret.Variable is { } name) variables[name] = Escape(secret.Path);
        }
        if (variables.Count == 0) return null;
        var map = new YamlMap();
        foreach (var (name, value) in variables) map.Add(name, new YamlText(value) { Quoted = true });
        return map;
    }

    internal Parameter ParameterNamed(string name) => plan.Parameters.First(parameter => parameter.Name == name);
}
