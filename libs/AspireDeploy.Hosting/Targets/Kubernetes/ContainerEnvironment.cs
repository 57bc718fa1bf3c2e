using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>A container's variables: parameters first, for the others to be composed of them.</summary>
internal sealed class ContainerEnvironment(KubernetesValues values)
{
    internal YamlList? Write(Workload workload)
    {
        var list = new YamlList();
        foreach (var parameter in ComposedFrom(workload))
            list.Add(FromSetting(KubernetesValues.VariableOf(parameter), workload, parameter));
        var variables = new SortedDictionary<string, YamlMap>(StringComparer.Ordinal);
        foreach (var variable in workload.Environment)
        {
            if (!variable.HoldsSecret)
                variables[variable.Name] = Plain(variable, workload);
            else if (variable.SecretAs is null)
                variables[variable.Name] = FromSecret(variable, workload);
        }
        foreach (var secret in Secrets.FilesOf(workload))
        {
            if (secret.Variable is { } name)
                variables[name] = Literal(name, KubernetesValues.Escape(secret.Path));
        }
        foreach (var variable in variables.Values)
            list.Add(variable);
        return list.Count == 0 ? null : list;
    }

    /// <summary>Returns the parameters that values refer to percent-encoded, with the values' places; the kubelet can't encode.</summary>
    internal IEnumerable<(string Place, string Parameter)> Encoded(Workload workload) =>
        Links
            .TemplatesOf(workload)
            .Where(static template => !template.Value.HoldsSecret)
            .SelectMany(template =>
                values
                    .ParametersOf(template.Value)
                    .Where(static parameter => parameter.Encoding != ValueEncoding.None)
                    .Select(parameter => (template.Place, parameter.Parameter))
            );

    private IEnumerable<string> ComposedFrom(Workload workload) =>
        workload
            .Environment.Where(static variable => !variable.HoldsSecret)
            .Select(static variable => variable.Value)
            .Where(static value => AsParameter(value) is null)
            .Concat(workload.Arguments)
            .SelectMany(values.ParametersOf)
            .Select(static parameter => parameter.Parameter)
            .Distinct()
            .Order(StringComparer.Ordinal);

    private YamlMap Plain(EnvironmentVariable variable, Workload workload) =>
        AsParameter(variable.Value) is { } parameter
            ? FromSetting(variable.Name, workload, parameter)
            : Literal(variable.Name, values.Write(variable.Value));

    private static string? AsParameter(Template value) => value.Parts is [ParameterReference only] ? only.Parameter : null;

    private static YamlMap Literal(string name, string value) =>
        new()
        {
            { "name", name },
            {
                "value",
                new YamlText(value) { Quoted = true }
            },
        };

    private static YamlMap FromSetting(string name, Workload workload, string parameter) =>
        From(name, "configMapKeyRef", KubernetesNames.SettingsOf(workload), Setting.NameFor(parameter));

    private static YamlMap FromSecret(EnvironmentVariable variable, Workload workload) =>
        From(variable.Name, "secretKeyRef", KubernetesNames.SecretOf(workload), PodSecrets.KeyOf(variable));

    private static YamlMap From(string name, string kind, string source, string key) =>
        new()
        {
            { "name", name },
            {
                "valueFrom",
                new YamlMap
                {
                    {
                        kind,
                        new YamlMap { { "name", source }, { "key", key } }
                    },
                }
            },
        };
}
