using System.Globalization;
using System.Text.Json;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Hcl;

namespace AspireDeploy.Targets.Nomad;

/// <summary>
/// Values as Nomad's templates hold them: addresses of its services, and what is kept in its variables.
/// (https://developer.hashicorp.com/nomad/docs/job-specification/template,
/// https://github.com/hashicorp/consul-template/blob/main/docs/templating-language.md)
/// </summary>
internal sealed class NomadTemplates(DeploymentPlan plan, NomadNames names)
{
    /// <summary>
    /// Gets how long a template waits for more of what changed, where seconds count; a client's own is 5 s and more, unless it is
    /// configured.
    /// </summary>
    internal static HclBody Soon => new() { { "min", "1s" }, { "max", "5s" } };

    /// <summary>Text that a template gives back as it is; Nomad takes no template without any.</summary>
    internal static string Escape(string text) =>
        text.Length == 0 ? "{{ \"\" }}" : text.Replace("{{", "{{ \"{{\" }}", StringComparison.Ordinal);

    /// <summary>Returns the text of a file.</summary>
    internal string Write(string label, Template value) =>
        value.AsLiteral is { } text ? Escape(text) : value.Render(part => Part(label, part, Escape, static value => value));

    /// <summary>
    /// Returns a line of a file of variables, its value in quotes, where both of them know JSON's escapes.
    /// (https://github.com/hashicorp/go-envparse)
    /// </summary>
    internal string WriteVariable(string label, string name, Template value)
    {
        var quoted = value.Render(part =>
            Part(
                label,
                part,
                static literal => Escape(Json(literal)),
                static value => $"{value} | toJSON | trimPrefix \"\\\"\" | trimSuffix \"\\\"\""
            )
        );
        return $"{name}=\"{quoted}\"\n";
    }

    /// <summary>Returns whether a value is known before the job runs and holds nothing that Nomad would fill in.</summary>
    internal string? AsFixed(Template value)
    {
        if (
            value.Parts.Any(static part =>
                part
                    is not (
                        Literal
                        or GatewayReference
                        or EndpointReference { Property: EndpointProperty.TargetPort or EndpointProperty.Scheme }
                    )
            )
        )
            return null;
        if (value.Parts.OfType<GatewayReference>().Any() && plan.Gateway!.Host.AsLiteral is null)
            return null;
        var text = value.Render(part =>
            part switch
            {
                Literal literal => literal.Text,
                GatewayReference gateway => Gateway(gateway, static host => host.AsLiteral!),
                _ => FixedOf((EndpointReference)part),
            }
        );
        return text.Contains("${", StringComparison.Ordinal) ? null : text;
    }

    /// <summary>For each address of a service, what is given; what else is given where there is none.</summary>
    internal string ForOne(Workload workload, Port port, string then, string otherwise = "") =>
        $"{{{{ range nomadService 1 (env \"NOMAD_ALLOC_ID\") {Text(names.ServiceOf(workload, port))} "
        + $"}}}}{then}{(otherwise.Length > 0 ? "{{ else }}" + otherwise : "")}{{{{ end }}}}";

    /// <summary>For each of a service's addresses, what is given.</summary>
    internal string ForAll(Workload workload, Port port, string then) =>
        $"{{{{ range nomadService {Text(names.ServiceOf(workload, port))} }}}}{then}{{{{ end }}}}";

    /// <summary>Returns what is given, with a variable's items.</summary>
    internal static string With(string path, string then) => $"{{{{ with nomadVar {Text(path)} }}}}{then}{{{{ end }}}}";

    /// <summary>
    /// Returns what a task was started with: the addresses of its neighbours, and of its secrets and settings a hash each. Every template
    /// sees for itself that a service is gone and then back, and starts its task again each time; so one holds all of it, waits until
    /// nothing has changed for a while, and starts replicas again apart.
    /// </summary>
    /// <returns>Null where one template sees all there is.</returns>
    internal HclBody? StartedWith(Workload workload, int dynamicTemplates)
    {
        var parts = Links
            .TemplatesOf(workload)
            .SelectMany(static template => template.Value.Parts)
            .SelectMany(part => part is GatewayReference ? [part, .. plan.Gateway!.Host.Parts] : (TemplatePart[])[part])
            .ToList();
        var addresses = parts
            .OfType<EndpointReference>()
            .Where(static reference => reference.Property is not (EndpointProperty.TargetPort or EndpointProperty.Scheme))
            .Select(static reference => (reference.Workload, reference.Port))
            .Distinct()
            .OrderBy(static each => each.Workload, StringComparer.Ordinal)
            .ThenBy(static each => each.Port, StringComparer.Ordinal)
            .Select(each =>
                ForOne(
                    plan.WorkloadNamed(each.Workload),
                    plan.WorkloadNamed(each.Workload).PortNamed(each.Port),
                    "{{ .Address }}:{{ .Port }}"
                )
            )
            .ToList();
        var kept = parts
            .OfType<SecretReference>()
            .Select(static reference => reference.Secret)
            .Concat(parts.OfType<ParameterReference>().Select(static reference => reference.Parameter))
            .Select(NomadNames.KeyOf)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(static key => $"{{{{ .{key}.Value | sha256Hex }}}}")
            .ToList();
        if (addresses.Count + kept.Count == 0 || (addresses.Count == 0 && dynamicTemplates < 2))
            return null;
        IEnumerable<string> lines =
            kept.Count == 0 ? addresses : [.. addresses, With(names.VariablesOf(workload.Label), string.Join(' ', kept))];
        return new()
        {
            { "destination", "local/started-with" },
            { "change_mode", "restart" },
            { "splay", "10s" },
            { "data", string.Join('\n', lines) + "\n" },
            {
                ["wait"],
                new HclBody { { "min", "5s" }, { "max", "120s" } }
            },
        };
    }

    private static string Text(string text) => JsonSerializer.Serialize(text);

    private static string Json(string text) => JsonSerializer.Serialize(text, JsonStrings.Readable)[1..^1];

    private string Part(string label, TemplatePart part, Func<string, string> literal, Func<string, string> pipe) =>
        part switch
        {
            Literal text => literal(text.Text),
            EndpointReference { Property: EndpointProperty.TargetPort or EndpointProperty.Scheme } own => literal(FixedOf(own)),
            EndpointReference endpoint => Endpoint(endpoint),
            SecretReference secret => Kept(label, secret.Secret, secret.Encoding, pipe),
            ParameterReference parameter => Kept(label, parameter.Parameter, parameter.Encoding, pipe),
            GatewayReference gateway => Gateway(gateway, host => host.Render(each => Part(label, each, literal, pipe))),
            _ => throw new NotSupportedException($"{part.GetType().Name} can't be written."),
        };

    private string Kept(string label, string name, ValueEncoding encoding, Func<string, string> pipe)
    {
        // A space is a plus to urlquery, which only a form understands.
        var value =
            $".{NomadNames.KeyOf(name)}"
            + encoding switch
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
        return ForOne(
            workload,
            port,
            reference.Property switch
            {
                EndpointProperty.Host => "{{ .Address }}",
                EndpointProperty.Port => "{{ .Port }}",
                EndpointProperty.HostAndPort => "{{ .Address }}:{{ .Port }}",
                _ => $"{port.Scheme}://{{{{ .Address }}}}:{{{{ .Port }}}}",
            }
        );
    }

    private string Gateway(GatewayReference reference, Func<Template, string> write) =>
        new ServiceAddresses(plan).Resolve(reference, write);
}
