using System.Globalization;
using System.Text.Json;
using AspireDeploy.Hcl;
using AspireDeploy.Plan;

namespace AspireDeploy.Targets.Nomad;

/// <summary>
/// Values as Nomad's templates hold them: addresses of its services, and what is kept in its variables. (https://developer.hashicorp.com/nomad/docs/job-specification/template,
/// https://github.com/hashicorp/consul-template/blob/main/docs/templating-language.md)
/// </summary>
internal sealed class NomadTemplates(DeploymentPlan plan, NomadNames names)
{
    /// <summary>How long a template waits for more of what changed, where seconds count; a client's own is 5 s and more, unless it is configured.</summary>
    internal static HclBody Soon => new() { { "min", "1s" }, { "max", "5s" } };

    /// <summary>Text that a template gives back as it is; Nomad takes no template without any.</summary>
    internal static string Escape(string text) => text.Length == 0 ? "{{ \"\" }}" : text.Replace("{{", "{{ \"{{\" }}", StringComparison.Ordinal);

    /// <summary>The text of a file.</summary>
    internal string Write(string label, Template value) => value.AsLiteral is { } text ? Escape(text) : value.Render(part => Part(label, part, Escape, static value => value));

    /// <summary>
    /// A line of a file of variables, its value in quotes, where both of them know JSON's escapes. (https://github.com/hashicorp/go-envparse)
    /// </summary>
    internal string WriteVariable(string label, string name, Template value) =>
        $"{name}=\"{value.Render(part => Part(label, part, static literal => Escape(Json(literal)), static value => $"{value} | toJSON | trimPrefix \"\\\"\" | trimSuffix \"\\\"\""))}\"\n";

    /// <summary>Whether a value is known before the job runs and holds nothing that Nomad would fill in.</summary>
    internal string? AsFixed(Template value)
    {
        if (value.Parts.Any(static part => part is not (Literal or EdgeReference or EndpointReference { Property: EndpointProperty.TargetPort or EndpointProperty.Scheme }))) return null;
        if (value.Parts.OfType<EdgeReference>().Any() && plan.Edge!.Host.AsLiteral is null) return null;
        var text = value.Render(part => part switch { Literal literal => literal.Text, EdgeReference edge => Edge(edge, static host => host.AsLiteral!), _ => FixedOf((EndpointReference)part) });
        return text.Contains("${", StringComparison.Ordinal) ? null : text;
    }

    /// <summary>For each address of a service, what is given; what else is given where there is none.</summary>
    internal string ForOne(Workload workload, Port port, string then, string otherwise = "") =>
        $"{{{{ range nomadService 1 (env \"NOMAD_ALLOC_ID\") {Text(names.ServiceOf(workload, port))} }}}}{then}{(otherwise.Length > 0 ? "{{ else }}" + otherwise : "")}{{{{ end }}}}";

    /// <summary>For each of a service's addresses, what is given.</summary>
    internal string ForAll(Workload workload, Port port, string then) => $"{{{{ range nomadService {Text(names.ServiceOf(workload, port))} }}}}{then}{{{{ end }}}}";

    /// <summary>What is given, with a variable's items.</summary>
    internal static string With(string path, string then) => $"{{{{ with nomadVar {Text(path)} }}}}{then}{{{{ end }}}}";

    private static string Text(string text) => JsonSerializer.Serialize(text);

    private static string Json(string text) => JsonSerializer.Serialize(text, JsonStrings.Readable)[1..^1];

    private string Part(string label, TemplatePart part, Func<string, string> literal, Func<string, string> pipe) => part switch
    {
        Literal text => literal(text.Text),
        EndpointReference { Property: EndpointProperty.TargetPort or EndpointProperty.Scheme } own => literal(FixedOf(own)),
        EndpointReference endpoint => Endpoint(endpoint),
        SecretReference secret => Kept(label, secret.Secret, secret.Encoding, pipe),
        ParameterReference parameter => Kept(label, parameter.Parameter, parameter.Encoding, pipe),
        EdgeReference edge => Edge(edge, host => host.Render(each => Part(label, each, literal, pipe))),
        _ => throw new NotSupportedException($"{part.GetType().Name} can't be written."),
    };

    private string Kept(string label, string name, ValueEncoding encoding, Func<string, string> pipe)
    {
        // A space is a plus to urlquery, which only a form understands.
        var value = $".{NomadNames.KeyOf(name)}" + encoding switch
        {
            ValueEncoding.Uri => " | urlquery | replaceAll \"+\" \"%20\"",
            ValueEncoding.ConnectionValue => @" | replaceAll ""\"""" ""\""\"""" | printf ""\""%s\""""",
            ValueEncoding.RedisWord => @" | replaceAll ""\\"" ""\\\\"" | replaceAll ""\"""" ""\\\"""" | replaceAll ""\n"" ""\\n""",
            _ => "",
        };
        return With(names.VariablesOf(label), $"{{{{ {pipe(value)} }}}}");
    }

    private string FixedOf(EndpointReference reference)
    {
        var port = plan.WorkloadNamed(reference.Workload).PortNamed(reference.Port);
        return reference.Property == EndpointProperty.Scheme ? port.Scheme : port.Number.ToString(CultureInfo.InvariantCulture);
    }

    private string Endpoint(EndpointReference reference)
    {
        var workload = plan.WorkloadNamed(reference.Workload);
        var port = workload.PortNamed(reference.Port);
        return ForOne(workload, port, reference.Property switch
        {
            EndpointProperty.Host => "{{ .Address }}",
            EndpointProperty.Port => "{{ .Port }}",
            EndpointProperty.HostAndPort => "{{ .Address }}:{{ .Port }}",
            _ => $"{port.Scheme}://{{{{ .Address }}}}:{{{{ .Port }}}}",
        });
    }

    private string Edge(EdgeReference reference, Func<Template, string> write) => new ServiceAddresses(plan).Resolve(reference, write);
}
