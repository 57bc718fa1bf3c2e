using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Plan;
using EndpointProperty = AspireDeploy.Plan.EndpointProperty;
using ModelEndpoint = Aspire.Hosting.ApplicationModel.EndpointReference;
using ModelProperty = Aspire.Hosting.ApplicationModel.EndpointProperty;
using PlanEndpoint = AspireDeploy.Plan.EndpointReference;

namespace AspireDeploy.Planning;

/// <summary>
/// Turns values of the app model into templates. No value is resolved: a reference becomes a placeholder that a target fills in, and what was referred to is remembered, so that
/// the plan has the secrets and parameters that are needed and no others.
/// </summary>
internal sealed class ValueReader(Func<IResource, string, Port?> portOf, DeployedResources deployed, List<PlanError> errors)
{
    private readonly SortedDictionary<string, ParameterResource> _parameters = new(StringComparer.Ordinal);

    /// <summary>Every parameter that a value referred to, by name.</summary>
    internal IReadOnlyCollection<ParameterResource> Parameters => _parameters.Values;

    /// <summary>Reads a value.</summary>
    /// <param name="path">Where it stands, for errors: <c>api.env.NAME</c>.</param>
    /// <param name="value">What the declaration has there.</param>
    internal Template Read(string path, object? value)
    {
        var parts = new List<TemplatePart>();
        Add(parts, path, value, ValueEncoding.None);
        return Template.Create(parts.ToArray());
    }

    /// <summary>A reference to a parameter, which the plan then has.</summary>
    internal TemplatePart Reference(ParameterResource parameter, ValueEncoding encoding = ValueEncoding.None)
    {
        _parameters[parameter.Name] = parameter;
        return ParameterReading.IsSecret(parameter) ? new SecretReference(parameter.Name, encoding) : new ParameterReference(parameter.Name, encoding);
    }

    private void Add(List<TemplatePart> parts, string path, object? value, ValueEncoding encoding)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                parts.Add(new Literal(Encoded(text, encoding)));
                break;
            case IResourceBuilder<IResource> builder:
                Add(parts, path, builder.Resource, encoding);
                break;
            case ParameterResource parameter:
                parts.Add(Reference(parameter, encoding));
                break;
            case ConnectionStringReference reference:
                Add(parts, path, reference.Resource, encoding);
                break;
            case IResourceWithConnectionString resource:
                var redirected = Redirected(resource);
                Add(parts, path, redirected.ConnectionStringExpression, encoding == ValueEncoding.None ? EncodingIn(redirected) : encoding);
                break;
            case ReferenceExpression expression:
                AddExpression(parts, path, expression, encoding);
                break;
            case ModelEndpoint endpoint:
                AddEndpoint(parts, path, endpoint, ModelProperty.Url);
                break;
            case EndpointReferenceExpression expression:
                AddEndpoint(parts, path, expression.Endpoint, expression.Property);
                break;
            case IFormattable number:
                parts.Add(new Literal(number.ToString(null, CultureInfo.InvariantCulture)));
                break;
            case bool flag:
                parts.Add(new Literal(flag ? bool.TrueString : bool.FalseString));
                break;
            default:
                errors.Add(new(path, $"is a {value.GetType().Name}, whose value is only known while the application runs here; give it text, a parameter, an endpoint or a connection string"));
                break;
        }
    }

    private void AddExpression(List<TemplatePart> parts, string path, ReferenceExpression expression, ValueEncoding encoding)
    {
        if (expression.IsConditional)
        {
            if (ConditionOf(expression) is { } matches) Add(parts, path, matches ? expression.WhenTrue : expression.WhenFalse, encoding);
            else errors.Add(new(path, "depends on a value that is only known once deployed; give the resource one of the two instead"));
            return;
        }
        foreach (var (text, index) in FormatPieces.Of(expression.Format))
        {
            // The text of a connection string is its syntax; what is put into it is a value there.
            if (index is not { } provider) Add(parts, path, text, encoding == ValueEncoding.Uri ? encoding : ValueEncoding.None);
            else Add(parts, path, expression.ValueProviders[provider], expression.StringFormats[provider] == "uri" ? ValueEncoding.Uri : encoding);
        }
    }

    private bool? ConditionOf(ReferenceExpression expression)
    {
        var condition = new List<PlanError>();
        return new ValueReader(portOf, deployed, condition).Read("", expression.Condition).AsLiteral is { } text && condition.Count == 0
            ? string.Equals(text, expression.MatchValue, StringComparison.OrdinalIgnoreCase)
            : null;
    }

    private void AddEndpoint(List<TemplatePart> parts, string path, ModelEndpoint endpoint, ModelProperty property)
    {
        if (endpoint.Resource is GatewayResource)
        {
            parts.Add(new EdgeReference(Of(property)));
            return;
        }
        if (deployed.WorkloadOf(endpoint.Resource) is not { } workload)
        {
            errors.Add(new(path, $"refers to {endpoint.Resource.Name}'s endpoint \"{endpoint.EndpointName}\", and {endpoint.Resource.Name} isn't deployed; leave the reference out when publishing, or deploy it too"));
            return;
        }
        if (portOf(workload, endpoint.EndpointName) is not { } port)
        {
            errors.Add(new(path, $"refers to {workload.Name}'s endpoint \"{endpoint.EndpointName}\", which it doesn't have"));
            return;
        }
        parts.Add(property switch
        {
            ModelProperty.Scheme => new Literal(port.Scheme),
            ModelProperty.TlsEnabled => new Literal(port.Scheme == "https" ? bool.TrueString : bool.FalseString),
            _ => new PlanEndpoint(workload.Name, port.Name, Of(property)),
        });
    }

    // Npgsql's is ADO.NET's; StackExchange.Redis has a list of its own.
    private static ValueEncoding EncodingIn(IResourceWithConnectionString resource) => resource switch
    {
        PostgresServerResource or PostgresDatabaseResource => ValueEncoding.ConnectionValue,
        RedisResource => ValueEncoding.ListItem,
        _ => ValueEncoding.None,
    };

    private static string Encoded(string text, ValueEncoding encoding) => encoding switch
    {
        ValueEncoding.Uri => Uri.EscapeDataString(text),
        ValueEncoding.ConnectionValue when text.Length == 0 || !text.All(static letter => char.IsAsciiLetterOrDigit(letter) || "._~!@#%^*/+-".Contains(letter, StringComparison.Ordinal)) =>
            $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        _ => text,
    };

    private static IResourceWithConnectionString Redirected(IResourceWithConnectionString resource) =>
        resource.TryGetLastAnnotation<ConnectionStringRedirectAnnotation>(out var redirect) ? Redirected(redirect.Resource) : resource;

    private static EndpointProperty Of(ModelProperty property) => property switch
    {
        ModelProperty.Host or ModelProperty.IPV4Host => EndpointProperty.Host,
        ModelProperty.Port => EndpointProperty.Port,
        ModelProperty.HostAndPort => EndpointProperty.HostAndPort,
        ModelProperty.TargetPort => EndpointProperty.TargetPort,
        ModelProperty.Scheme => EndpointProperty.Scheme,
        _ => EndpointProperty.Url,
    };
}
