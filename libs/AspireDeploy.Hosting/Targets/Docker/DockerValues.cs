using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Docker;

/// <summary>
/// Values as a Compose or stack file holds them: references by the names of Docker's own DNS, and <c>$</c> doubled, since a single one
/// would be filled in. Swarm fills in <c>{{…}}</c> too, in variables and mounts.
/// (https://docs.docker.com/reference/cli/docker/service/create/#create-services-using-templates)
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="isSwarm">Whether it is Swarm that reads them. Defaults to false.</param>
internal sealed class DockerValues(DeploymentPlan plan, bool isSwarm = false)
{
    /// <summary>Gets the line of awk that writes a setting's value for Swarm, as <see cref="EscapeForSwarm"/> does.</summary>
    internal const string SwarmEscape = """gsub(/\{\{/, "{{\"{{\"}}", value)""";

    private readonly ServiceAddresses _addresses = new(plan);

    /// <summary>Returns a literal.</summary>
    internal static string Escape(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>Returns a literal where Swarm fills in templates.</summary>
    internal static string EscapeForSwarm(string text) => Escape(text.Replace("{{", "{{\"{{\"}}", StringComparison.Ordinal));

    /// <summary>Returns a literal where the engine may fill in templates.</summary>
    internal string Literal(string text) => isSwarm ? EscapeForSwarm(text) : Escape(text);

    /// <summary>Returns a value that holds no secret.</summary>
    internal string Write(Template value) => Write(value, Escape);

    // A setting that isn't set stands by its default in the file; deploy.sh gives the others.
    private string WriteForSwarm(Template value) => Write(value, EscapeForSwarm);

    private string Write(Template value, Func<string, string> escape) =>
        value.Render(part =>
            part switch
            {
                Literal literal => escape(literal.Text),
                ParameterReference parameter => DockerSettings.PlaceholderOf(
                    Setting.For(plan.Parameters.First(each => each.Name == parameter.Parameter))
                ),
                EndpointReference endpoint => Resolve(endpoint),
                GatewayReference gateway => Resolve(gateway, Write),
                _ => throw new ArgumentException($"{part} can't be written into a file that isn't private.", nameof(value)),
            }
        );

    /// <summary>Returns what a reference to a workload's endpoint is.</summary>
    internal string Resolve(EndpointReference reference) => _addresses.Resolve(reference);

    /// <summary>Returns what a reference to the gateway is, with its host written by <paramref name="write"/>.</summary>
    internal string Resolve(GatewayReference reference, Func<Template, string> write) => _addresses.Resolve(reference, write);

    /// <summary>Returns the environment of a workload, less its secrets, with the variables that name its secret files.</summary>
    internal YamlMap? Environment(Workload workload, EquatableArray<MountedSecret> mounted)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in workload.Environment)
        {
            if (!variable.HoldsSecret)
                variables[variable.Name] = isSwarm ? WriteForSwarm(variable.Value) : Write(variable.Value);
        }
        foreach (var secret in mounted)
        {
            if (secret.Variable is { } name)
                variables[name] = Escape(secret.Path);
        }
        if (variables.Count == 0)
            return null;
        var map = new YamlMap();
        foreach (var (name, value) in variables)
            map.Add(name, new YamlText(value) { Quoted = true });
        return map;
    }
}
