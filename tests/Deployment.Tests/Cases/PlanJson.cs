using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using AspireDeploy.Plan;

namespace AspireDeploy.Tests.Cases;

/// <summary>Reads a plan from JSON as short as the cases want it: sizes, durations, images, probes and templates are texts.</summary>
internal static partial class PlanJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters =
        {
            new JsonStringEnumConverter(), new EquatableArrayConverter(), Text(Size.Parse), Text(Duration), Text(Image), Text(Action), Text(Template),
            Text<SecretDelivery>(static text => text == "file" ? new FileNamedAsSetting() : new FileNamedByVariable(text)),
        },
    };

    internal static DeploymentPlan Read(string json) => JsonSerializer.Deserialize<DeploymentPlan>(json, Options)!;

    private static TimeSpan Duration(string text) => text.EndsWith("ms", StringComparison.Ordinal) ? TimeSpan.FromMilliseconds(Number(text[..^2]))
        : text.EndsWith('s') ? TimeSpan.FromSeconds(Number(text[..^1])) : TimeSpan.FromMinutes(Number(text[..^1]));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // "project ../Api/Api.csproj shop-api:1.0.0 Api.dll", or an image's reference.
    private static ImageSource Image(string text)
    {
        if (text.Split(' ') is ["project", var path, var image, var assembly]) return new ProjectImage(path, image.Split(':')[0], image.Split(':')[1], assembly);
        var digest = text.IndexOf('@', StringComparison.Ordinal);
        var name = digest < 0 ? text : text[..digest];
        var tag = name.IndexOf(':', name.LastIndexOf('/') + 1);
        return new ImageReference(tag < 0 ? name : name[..tag], tag < 0 ? null : name[(tag + 1)..], digest < 0 ? null : text[(digest + 1)..]);
    }

    // "http PORT PATH", "tcp PORT" or "exec COMMAND...".
    private static ProbeAction Action(string text) => text.Split(' ') switch
    {
        ["http", var port, var path] => new HttpProbe(port, path),
        ["tcp", var port] => new TcpProbe(port),
        ["exec", .. var command] => new ExecProbe(command.ToEquatableArray()),
        _ => throw new JsonException($"{text} is no probe."),
    };

    // {db.tcp.host} is an endpoint, {edge.url} the edge, {secret:db-password} or {secret:db-password:uri} a secret, {parameter:size} a parameter.
    private static Template Template(string text)
    {
        var parts = new List<TemplatePart>();
        var at = 0;
        foreach (var match in Place().EnumerateMatches(text))
        {
            parts.Add(new Literal(text[at..match.Index]));
            parts.Add(Reference(text[(match.Index + 1)..(match.Index + match.Length - 1)]));
            at = match.Index + match.Length;
        }
        parts.Add(new Literal(text[at..]));
        return AspireDeploy.Plan.Template.Create([.. parts]);
    }

    private static TemplatePart Reference(string text) => text.Split(':', '.') switch
    {
        ["secret", var name] => new SecretReference(name),
        ["secret", var name, "uri"] => new SecretReference(name, ValueEncoding.Uri),
        ["parameter", var name] => new ParameterReference(name),
        ["edge", var property] => new EdgeReference(Enum.Parse<EndpointProperty>(property, ignoreCase: true)),
        [var workload, var port, var property] => new EndpointReference(workload, port, Enum.Parse<EndpointProperty>(property, ignoreCase: true)),
        _ => throw new JsonException($"{{{text}}} is no reference."),
    };

    [GeneratedRegex(@"\{[a-z][a-zA-Z0-9-]*[:.][a-zA-Z0-9-]+(?:[:.][a-zA-Z]+)?\}")]
    private static partial Regex Place();

    private static TextConverter<T> Text<T>(Func<string, T> read) => new(read);

    private sealed class TextConverter<T>(Func<string, T> read) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => throw new NotSupportedException();
    }

    private sealed class EquatableArrayConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(EquatableArray<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

        private sealed class Of<T> : JsonConverter<EquatableArray<T>>
        {
            public override EquatableArray<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                JsonSerializer.Deserialize<T[]>(ref reader, options)!.ToEquatableArray();

            public override void Write(Utf8JsonWriter writer, EquatableArray<T> value, JsonSerializerOptions options) => throw new NotSupportedException();
        }
    }
}
