using System.Runtime.CompilerServices;

namespace AspireDeploy.Model;

/// <summary>
/// A value with places that a target fills in: a connection string, a URL, or just text. Neighbouring literals are joined, so equal values
/// are equal templates.
/// </summary>
/// <param name="Parts">Text and references, in order.</param>
[CollectionBuilder(typeof(Template), nameof(Create))]
internal sealed record Template(EquatableArray<TemplatePart> Parts) : IEnumerable<TemplatePart>
{
    /// <summary>Gets the empty text.</summary>
    public static Template Empty { get; } = new(default(EquatableArray<TemplatePart>));

    /// <summary>Returns a template of one text.</summary>
    public static Template FromText(string text) => Create([new Literal(text)]);

    /// <summary>Returns a template of parts in order; empty literals are dropped and neighbouring ones joined.</summary>
    public static Template Create(ReadOnlySpan<TemplatePart> parts)
    {
        var joined = new List<TemplatePart>(parts.Length);
        foreach (var part in parts)
        {
            if (part is Literal { Text: "" })
                continue;
            if (part is Literal next && joined is [.., Literal last])
                joined[^1] = new Literal(last.Text + next.Text);
            else
                joined.Add(part);
        }
        return new(joined.ToEquatableArray());
    }

    /// <summary>Returns a text stands for itself.</summary>
    public static implicit operator Template(string text) => FromText(text);

    /// <summary>Gets the text, if it refers to nothing; else null.</summary>
    public string? AsLiteral =>
        Parts switch
        {
            [] => "",
            [Literal only] => only.Text,
            _ => null,
        };

    /// <summary>Gets the secret, if it is one and nothing else, written as it is; else null.</summary>
    public string? AsSecret => Parts is [SecretReference { Encoding: ValueEncoding.None } only] ? only.Secret : null;

    /// <summary>Gets a value that indicates whether a secret is in it. Such a value goes into no file but a secret's own.</summary>
    public bool HoldsSecret
    {
        get
        {
            foreach (var part in Parts)
            {
                if (part is SecretReference)
                    return true;
            }
            return false;
        }
    }

    /// <summary>Fills in every part by <paramref name="write"/> and joins them.</summary>
    public string Render(Func<TemplatePart, string> write) => string.Concat(Parts.Select(write));

    /// <summary>For people and errors: <c>Host={postgres.tcp.host};Password={postgres-password}</c>.</summary>
    public override string ToString() => string.Concat(Parts);

    IEnumerator<TemplatePart> IEnumerable<TemplatePart>.GetEnumerator() => ((IEnumerable<TemplatePart>)Parts).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => ((IEnumerable<TemplatePart>)Parts).GetEnumerator();
}

/// <summary>
/// A piece of a <see cref="Template"/>: <see cref="Literal"/>, <see cref="EndpointReference"/>, <see cref="SecretReference"/>,
/// <see cref="ParameterReference"/> or <see cref="GatewayReference"/>.
/// </summary>
internal abstract record TemplatePart;

/// <summary>Text as it is.</summary>
/// <param name="Text">Any text; it may hold quotes, <c>$</c>, braces and line breaks.</param>
internal sealed record Literal(string Text) : TemplatePart
{
    /// <inheritdoc />
    public override string ToString() => Text;
}

/// <summary>Something of a workload's port as others inside the deployment reach it.</summary>
/// <param name="Workload">The workload's name.</param>
/// <param name="Port">The name of one of its ports.</param>
/// <param name="Property">What of it.</param>
internal sealed record EndpointReference(string Workload, string Port, EndpointProperty Property) : TemplatePart
{
    /// <inheritdoc />
    public override string ToString() => $"{{{Workload}.{Port}.{Property}}}".ToLowerInvariant();
}

/// <summary>Describes what an <see cref="EndpointReference"/> refers to.</summary>
internal enum EndpointProperty
{
    /// <summary>The name or address others reach the workload by; one for all its replicas.</summary>
    Host,

    /// <summary>The port others reach it on.</summary>
    Port,

    /// <summary><c>host:port</c>.</summary>
    HostAndPort,

    /// <summary><c>scheme://host:port</c>.</summary>
    Url,

    /// <summary>The scheme alone.</summary>
    Scheme,

    /// <summary>The port its own process listens on.</summary>
    TargetPort,
}

/// <summary>A secret's value.</summary>
/// <param name="Secret">The name of one of the plan's secrets.</param>
/// <param name="Encoding">How it is written into what surrounds it.</param>
internal sealed record SecretReference(string Secret, ValueEncoding Encoding = ValueEncoding.None) : TemplatePart
{
    /// <inheritdoc />
    public override string ToString() => $"{{{Secret}{Encoding.Suffix()}}}";
}

/// <summary>A parameter's value.</summary>
/// <param name="Parameter">The name of one of the plan's parameters.</param>
/// <param name="Encoding">How it is written into what surrounds it.</param>
internal sealed record ParameterReference(string Parameter, ValueEncoding Encoding = ValueEncoding.None) : TemplatePart
{
    /// <inheritdoc />
    public override string ToString() => $"{{{Parameter}{Encoding.Suffix()}}}";
}

/// <summary>Describes where the gateway is reached from outside.</summary>
/// <param name="Property">What of it: <see cref="EndpointProperty.Host"/>, <see cref="EndpointProperty.Url"/>, …</param>
internal sealed record GatewayReference(EndpointProperty Property) : TemplatePart
{
    /// <inheritdoc />
    public override string ToString() => $"{{gateway.{Property}}}".ToLowerInvariant();
}

/// <summary>Describes how a value is written into what surrounds it.</summary>
internal enum ValueEncoding
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>Percent-encoded, as a part of a URI (RFC 3986, unreserved characters stay).</summary>
    Uri,

    /// <summary>As a value of a connection string of ADO.NET, <c>Password=…</c>: in double quotes where it needs them.</summary>
    ConnectionValue,

    /// <summary>
    /// As it is, in StackExchange.Redis' comma-separated list, which has no way to carry a comma: such a value is refused.
    /// </summary>
    ListItem,

    /// <summary>Inside double quotes in <c>redis.conf</c>.</summary>
    RedisWord,
}

/// <summary>Encodings as texts.</summary>
internal static class ValueEncodings
{
    /// <summary>Returns what stands after a reference's name, for people and errors.</summary>
    internal static string Suffix(this ValueEncoding encoding) =>
        encoding switch
        {
            ValueEncoding.None => "",
            ValueEncoding.Uri => ":uri",
            ValueEncoding.ConnectionValue => ":value",
            ValueEncoding.ListItem => ":item",
            _ => ":word",
        };
}
