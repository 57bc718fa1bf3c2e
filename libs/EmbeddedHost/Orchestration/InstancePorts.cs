using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestration;

/// <summary>Finds the ports that an instance itself listens on. DCP chooses them, and tells them in what it makes of the templates in the instance's environment and arguments.</summary>
internal static class InstancePorts
{
    /// <summary>Notes them on the endpoints of the instance's resource.</summary>
    public static void Note(Executable executable, Instance instance)
    {
        foreach (var endpoint in instance.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.IsProxied))
        {
            if (Find(executable, EndpointAllocation.PortTemplate(EndpointAllocation.ServiceName(instance.Resource, endpoint))) is { } port)
            {
                endpoint.InstancePorts[instance.Name] = port;
            }
        }
    }

    /// <summary>What stands for a template; null if the executable uses it nowhere, or isn't started.</summary>
    public static int? Find(Executable executable, string template)
    {
        var effective = (executable.Status?.EffectiveEnv ?? []).ToLookup(variable => variable.Name, variable => variable.Value);
        var pairs = (executable.Spec.Env ?? []).Select(variable => (Declared: variable.Value, Effective: effective[variable.Name].LastOrDefault()))
            .Concat((executable.Spec.Args ?? []).Zip(executable.Status?.EffectiveArgs ?? [], (declared, resolved) => (Declared: declared, Effective: (string?)resolved)));
        return pairs.Select(pair => Filled(pair.Declared, pair.Effective, template)).FirstOrDefault(port => port is not null);
    }

    private static int? Filled(string declared, string? effective, string template)
    {
        var start = declared.IndexOf(template, StringComparison.Ordinal);
        if (start < 0 || effective is null || effective.Length <= start || !declared.AsSpan(0, start).SequenceEqual(effective.AsSpan(0, start)))
        {
            return null;
        }

        var digits = effective.AsSpan(start);
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(length < 0 ? digits : digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
    }
}
