using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;
using EndpointProperty = AspireDeploy.Model.EndpointProperty;
using EndpointReference = Aspire.Hosting.ApplicationModel.EndpointReference;

namespace AspireDeploy.Reading;

/// <summary>
/// Describes what whoever deploys supplies in the place of something that isn't deployed here: a connection string, an address, a value
/// that another publisher would know.
/// </summary>
internal sealed class SuppliedInputs
{
    private readonly SortedDictionary<string, Secret> _secrets = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Parameter> _parameters = new(StringComparer.Ordinal);

    /// <summary>Gets whether nothing has to be supplied.</summary>
    internal bool IsEmpty => _secrets.Count == 0 && _parameters.Count == 0;

    /// <summary>Gets the secrets, by name.</summary>
    internal IEnumerable<Secret> Secrets => _secrets.Values;

    /// <summary>Gets the values that anybody may see, by name.</summary>
    internal IEnumerable<Parameter> Parameters => _parameters.Values;

    /// <summary>Returns a reference to the connection string of a resource.</summary>
    internal TemplatePart ConnectionString(IResource resource, ValueEncoding encoding)
    {
        _secrets[resource.Name] = new(resource.Name, null, $"The connection string of {resource.Name}, which isn't deployed here.");
        return new SecretReference(resource.Name, encoding);
    }

    /// <summary>Returns a reference to a value that another publisher would know. It may be secret.</summary>
    internal TemplatePart Value(IManifestExpressionProvider provider, ValueEncoding encoding)
    {
        var name = Label(provider.ValueExpression);
        _secrets[name] = new(name, null, $"The value {provider.ValueExpression}, which something that isn't deployed here would tell.");
        return new SecretReference(name, encoding);
    }

    /// <summary>Returns a reference to something of an endpoint.</summary>
    internal TemplatePart Endpoint(EndpointReference endpoint, EndpointProperty property, ValueEncoding encoding)
    {
        var name = Label($"{property}-of-{endpoint.Resource.Name}-{endpoint.EndpointName}");
        _parameters[name] = new(
            name,
            null,
            $"The {property.ToString().ToLowerInvariant()} of {endpoint.Resource.Name}'s endpoint {endpoint.EndpointName}, which "
                + "isn't deployed here."
        );
        return new ParameterReference(name, encoding);
    }

    // As parameters are named: lower-case letters, digits and single hyphens, a letter first.
    private static string Label(string text)
    {
        var label = new System.Text.StringBuilder();
        foreach (var letter in text)
        {
            if (char.IsAsciiLetterOrDigit(letter))
                label.Append(char.ToLowerInvariant(letter));
            else if (label.Length > 0 && label[^1] != '-')
                label.Append('-');
        }
        var name = label.ToString().Trim('-');
        return name.Length > 0 && char.IsAsciiLetter(name[0]) ? name : $"value-{name}";
    }
}
