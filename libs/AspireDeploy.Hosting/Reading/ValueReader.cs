using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;
using EndpointProperty = AspireDeploy.Model.EndpointProperty;
using ModelEndpoint = Aspire.Hosting.ApplicationModel.EndpointReference;
using ModelProperty = Aspire.Hosting.ApplicationModel.EndpointProperty;
using PlanEndpoint = AspireDeploy.Model.EndpointReference;

namespace AspireDeploy.Reading;

/// <summary>
/// Turns values of the app model into templates. No value is resolved: a reference becomes a placeholder that a target fills in, and what
/// was referred to is remembered, so that the plan has the secrets and parameters that are needed and no others. What something that isn't
/// deployed here would tell, whoever deploys supplies.
/// </summary>
/// <param name="portOf">Finds the port that serves an endpoint.</param>
/// <param name="deployed">What is deployed.</param>
/// <param name="errors">What is wrong, which is added to.</param>
/// <param name="kept">The names of parameters that are kept as secrets though they aren't declared so. Defaults to none.</param>
internal sealed class ValueReader(
    Func<IResource, string, Port?> portOf,
    DeployedResources deployed,
    List<PlanError> errors,
    IReadOnlySet<string>? kept = null
)
{
    private readonly HashSet<string> _encoded = new(StringComparer.Ordinal);

    private readonly SortedDictionary<string, string> _decided = new(StringComparer.Ordinal);

    private readonly SortedDictionary<string, ParameterResource> _parameters = new(StringComparer.Ordinal);

    /// <summary>Gets every parameter that a value referred to, by name.</summary>
    internal IReadOnlyCollection<ParameterResource> Parameters => _parameters.Values;

    /// <summary>Gets where one of two values was taken, with the parameters and their values that decided it.</summary>
    internal IReadOnlyDictionary<string, string> Decided => _decided;

    /// <summary>
    /// Gets the parameters that aren't secret and whose value has to be encoded, for a URL or a settings file: what is chosen at deployment
    /// is written as it is, and only the script that writes secrets encodes them.
    /// </summary>
    internal IReadOnlySet<string> Unencodable => _encoded;

    /// <summary>Returns whether a parameter's value is kept from who needn't see it.</summary>
    internal bool IsSecret(ParameterResource parameter) => ParameterReading.IsSecret(parameter) || kept?.Contains(parameter.Name) == true;

    /// <summary>
    /// Gets what has to be supplied in the place of something that isn't deployed here: secrets, and values that anybody may see.
    /// </summary>
    internal SuppliedInputs Supplied { get; } = new();

    /// <summary>Reads a value.</summary>
    /// <param name="path">Where it stands, for errors: <c>api.env.NAME</c>.</param>
    /// <param name="value">What the declaration has there.</param>
    internal Template Read(string path, object? value)
    {
        var parts = new List<TemplatePart>();
        Add(parts, new(path), value);
        return Template.Create(parts.ToArray());
    }

    /// <summary>Returns a reference to a parameter, which the plan then has.</summary>
    internal TemplatePart Reference(ParameterResource parameter, ValueEncoding encoding = ValueEncoding.None)
    {
        _parameters[parameter.Name] = parameter;
        if (encoding is ValueEncoding.Uri or ValueEncoding.RedisWord && !IsSecret(parameter))
            _encoded.Add(parameter.Name);
        return IsSecret(parameter) ? new SecretReference(parameter.Name, encoding) : new ParameterReference(parameter.Name, encoding);
    }

    private void Add(List<TemplatePart> parts, Place at, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                parts.Add(new Literal(Encoded(text, at.Encoding)));
                break;
            case IResourceBuilder<IResource> builder:
                Add(parts, at, builder.Resource);
                break;
            case ParameterResource parameter:
                parts.Add(Reference(parameter, at.Encoding));
                break;
            case ConnectionStringReference reference:
                Add(parts, at, reference.Resource);
                break;
            case IResourceWithConnectionString resource:
                var redirected = Redirected(resource);
                if (IsToBeSupplied(redirected))
                {
                    parts.Add(Supplied.ConnectionString(redirected, at.Encoding));
                    break;
                }
                var encoding = at.Encoding == ValueEncoding.None ? EncodingIn(redirected) : at.Encoding;
                Add(parts, at with { Encoding = encoding, IsInConnectionString = true }, redirected.ConnectionStringExpression);
                break;
            case ReferenceExpression expression:
                AddExpression(parts, at, expression);
                break;
            case HostUrl here:
                parts.Add(new Literal(Encoded(here.Url, at.Encoding)));
                break;
            case ModelEndpoint endpoint:
                AddEndpoint(parts, at, endpoint, ModelProperty.Url);
                break;
            case EndpointReferenceExpression expression:
                AddEndpoint(parts, at, expression.Endpoint, expression.Property);
                break;
            case IFormattable number:
                parts.Add(new Literal(number.ToString(null, CultureInfo.InvariantCulture)));
                break;
            case bool flag:
                parts.Add(new Literal(flag ? bool.TrueString : bool.FalseString));
                break;
            case IManifestExpressionProvider provider when !HasValueHere(value):
                parts.Add(Supplied.Value(provider, at.Encoding));
                break;
            default:
                Refuse(
                    at,
                    $"is a {value.GetType().Name}, whose value is only known while the application runs here; "
                        + "give it text, a parameter, an endpoint or a connection string"
                );
                break;
        }
    }

    private void AddExpression(List<TemplatePart> parts, Place at, ReferenceExpression expression)
    {
        if (expression.IsConditional)
        {
            if (ConditionOf(at, expression) is { } matches)
                Add(parts, at, matches ? expression.WhenTrue : expression.WhenFalse);
            else
                Refuse(
                    at,
                    "depends on a value that isn't known while this is published; give its parameter one (Parameters:NAME), or the "
                        + "resource one of the two"
                );
            return;
        }
        foreach (var (text, index) in FormatPieces.Split(expression.Format))
        {
            // The text of a connection string is its syntax; what is put into it is a value there.
            var (encoding, part) = index is { } provider
                ? (
                    expression.StringFormats[provider] == "uri" ? ValueEncoding.Uri : at.Encoding,
                    (object?)expression.ValueProviders[provider]
                )
                : (at.Encoding == ValueEncoding.Uri ? ValueEncoding.Uri : ValueEncoding.None, text);
            Add(parts, at with { Encoding = encoding }, part);
        }
    }

    /// <summary>Returns whether a value needs something of a resource that isn't deployed here.</summary>
    internal bool IsElsewhere(object value)
    {
        var reader = new ValueReader(portOf, deployed, []);
        reader.Read("", value);
        return !reader.Supplied.IsEmpty;
    }

    // By the values that its parameters have while this is published; null: there are none yet.
    private bool? ConditionOf(Place at, ReferenceExpression expression)
    {
        var reader = new ValueReader(portOf, deployed, []);
        var condition = reader.Read("", expression.Condition);
        if (reader.HasErrors || !reader.Supplied.IsEmpty)
            return null;
        var texts = condition
            .Parts.Select(part =>
                part switch
                {
                    Literal literal => literal.Text,
                    ParameterReference parameter => ParameterReading.ValueNow(reader._parameters[parameter.Parameter]),
                    _ => null,
                }
            )
            .ToList();
        if (texts.Contains(null))
            return null;
        if (reader.Parameters.Count > 0)
            _decided[at.Path] = string.Join(
                " and ",
                reader.Parameters.Select(static parameter => $"{parameter.Name}, which is \"{ParameterReading.ValueNow(parameter)}\"")
            );
        return string.Equals(string.Concat(texts), expression.MatchValue, StringComparison.OrdinalIgnoreCase);
    }

    private bool HasErrors => errors.Count > 0;

    // A server that something else provides, whose connection string only that knows.
    private bool IsToBeSupplied(IResourceWithConnectionString resource)
    {
        if (resource is ParameterResource or ConnectionStringResource || deployed.WorkloadOf(resource) is not null)
            return false;
        var reader = new ValueReader(portOf, deployed, []);
        reader.Read("", resource.ConnectionStringExpression);
        return reader.HasErrors || !reader.Supplied.IsEmpty;
    }

    // What the host itself knows only while the application runs isn't anybody's to supply.
    private static bool HasValueHere(object value) => value.GetType().Assembly == typeof(IResource).Assembly;

    private void AddEndpoint(List<TemplatePart> parts, Place at, ModelEndpoint endpoint, ModelProperty property)
    {
        if (endpoint.Resource is GatewayResource gateway)
        {
            AddGateway(parts, gateway, property, "");
            return;
        }
        if (deployed.WorkloadOf(endpoint.Resource) is not { } workload)
        {
            parts.Add(
                property == ModelProperty.TlsEnabled
                    ? new Literal(bool.FalseString)
                    : Supplied.Endpoint(endpoint, Map(property), at.Encoding)
            );
            return;
        }
        if (portOf(workload, endpoint.EndpointName) is not { } port)
        {
            Refuse(at, $"refers to {workload.Name}'s endpoint \"{endpoint.EndpointName}\", which it doesn't have");
            return;
        }
        if (
            !at.IsInConnectionString
            && property != ModelProperty.TargetPort
            && PublicAddress.Find(endpoint, deployed.Gateways) is { } address
        )
        {
            if (address.IsServed)
                AddGateway(parts, address.Gateway, property, address.Path);
            else
                Refuse(at, address.Refusal(endpoint));
            return;
        }
        parts.Add(
            property switch
            {
                ModelProperty.Scheme => new Literal(port.Scheme),
                ModelProperty.TlsEnabled => new Literal(port.Scheme == "https" ? bool.TrueString : bool.FalseString),
                _ => new PlanEndpoint(workload.Name, port.Name, Map(property)),
            }
        );
    }

    private static void AddGateway(List<TemplatePart> parts, GatewayResource gateway, ModelProperty property, string path)
    {
        parts.Add(
            property == ModelProperty.TlsEnabled
                ? new Literal(gateway.HasAnnotationOfType<GatewayHttpsAnnotation>() ? bool.TrueString : bool.FalseString)
                : new GatewayReference(Map(property))
        );
        if (Map(property) == EndpointProperty.Url && property != ModelProperty.TlsEnabled)
            parts.Add(new Literal(path));
    }

    private void Refuse(Place at, string problem) => errors.Add(new(at.Path, problem));

    // Npgsql's is ADO.NET's; StackExchange.Redis has a list of its own.
    private static ValueEncoding EncodingIn(IResourceWithConnectionString resource) =>
        resource switch
        {
            _ when ServerTypes.IsPostgres(resource) || ServerTypes.IsPostgresDatabase(resource) => ValueEncoding.ConnectionValue,
            _ when ServerTypes.IsRedis(resource) => ValueEncoding.ListItem,
            _ => ValueEncoding.None,
        };

    private static string Encoded(string text, ValueEncoding encoding) =>
        encoding switch
        {
            ValueEncoding.Uri => Uri.EscapeDataString(text),
            ValueEncoding.ConnectionValue
                when text.Length == 0
                    || !text.All(static letter =>
                        char.IsAsciiLetterOrDigit(letter) || "._~!@#%^*/+-".Contains(letter, StringComparison.Ordinal)
                    ) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
            _ => text,
        };

    private static IResourceWithConnectionString Redirected(IResourceWithConnectionString resource) =>
        resource.TryGetLastAnnotation<ConnectionStringRedirectAnnotation>(out var redirect) ? Redirected(redirect.Resource) : resource;

    private static EndpointProperty Map(ModelProperty property) =>
        property switch
        {
            ModelProperty.Host or ModelProperty.IPV4Host => EndpointProperty.Host,
            ModelProperty.Port => EndpointProperty.Port,
            ModelProperty.HostAndPort => EndpointProperty.HostAndPort,
            ModelProperty.TargetPort => EndpointProperty.TargetPort,
            ModelProperty.Scheme => EndpointProperty.Scheme,
            _ => EndpointProperty.Url,
        };

    /// <summary>Describes where a value stands.</summary>
    /// <param name="Path">The place that an error names.</param>
    /// <param name="Encoding">How what is put there is written.</param>
    /// <param name="IsInConnectionString">Whether it is a part of a connection string, which is for the inside.</param>
    private sealed record Place(string Path, ValueEncoding Encoding = ValueEncoding.None, bool IsInConnectionString = false);
}
