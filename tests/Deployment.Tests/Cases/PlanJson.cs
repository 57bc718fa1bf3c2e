using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using AspireDeploy.Model;

namespace AspireDeploy.Tests.Cases;

/// <summary>A plan as JSON, as short as the cases want it: sizes, durations, images, probes and templates are texts.</summary>
internal static partial class PlanJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEmptyLists } },
        Converters =
        {
            new JsonStringEnumConverter(),
            new EquatableArrayConverter(),
            Text(Size.Parse, static size => size.ToString()),
            Text(Duration, Write),
            Text(Image, Write),
            Text(Action, Write),
            Text(Template, Write),
            Text<SecretDelivery>(
                static text => text == "file" ? new FileNamedAsSetting() : new FileNamedByVariable(text),
                static delivery => delivery is FileNamedByVariable named ? named.Variable : "file"
            ),
        },
    };

    internal static DeploymentPlan Read(string json) => JsonSerializer.Deserialize<DeploymentPlan>(json, Options)!;

    internal static string Write(DeploymentPlan plan) => JsonSerializer.Serialize(plan, Options) + "\n";

    private static TimeSpan Duration(string text) =>
        text.EndsWith("ms", StringComparison.Ordinal) ? TimeSpan.FromMilliseconds(Number(text[..^2]))
        : text.EndsWith('s') ? TimeSpan.FromSeconds(Number(text[..^1]))
        : TimeSpan.FromMinutes(Number(text[..^1]));

    private static string Write(TimeSpan duration) => duration.TotalSeconds.ToString(CultureInfo.InvariantCulture) + "s";

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // "project ../Api/Api.csproj registry.example.com/shop/shop-api:1.0.0 Api.dll", "dockerfile ../front shop-front:1.0.0", or an image's
    // reference.
    private static ImageSource Image(string text)
    {
        if (text.Split(' ') is ["project", var path, var image, var assembly])
            return OfProject(path, image, assembly);
        if (text.Split(' ') is ["dockerfile", var context, var built])
            return new DockerfileImage(context, built.Split(':')[0], built.Split(':')[1]);
        var digest = text.IndexOf('@', StringComparison.Ordinal);
        var name = digest < 0 ? text : text[..digest];
        var tag = name.IndexOf(':', name.LastIndexOf('/') + 1);
        return new ImageReference(
            tag < 0 ? name : name[..tag],
            tag < 0 ? null : name[(tag + 1)..],
            digest < 0 ? null : text[(digest + 1)..]
        );
    }

    private static ProjectImage OfProject(string path, string image, string assembly)
    {
        var name = image[(image.LastIndexOf('/') + 1)..].Split(':');
        return new(path, name[0], name[1], assembly)
        {
            Registry = image.Contains('/', StringComparison.Ordinal) ? image[..image.LastIndexOf('/')] : null,
        };
    }

    private static string Write(ImageSource image) =>
        image switch
        {
            ProjectImage project => $"project {project.ProjectPath} {project} {project.Assembly}",
            DockerfileImage dockerfile => $"dockerfile {dockerfile.ContextPath} {dockerfile}",
            _ => image.ToString()!,
        };

    // "http PORT PATH", "tcp PORT" or "exec COMMAND...".
    private static ProbeAction Action(string text) =>
        text.Split(' ') switch
        {
            ["http", var port, var path] => new HttpProbe(port, path),
            ["tcp", var port] => new TcpProbe(port),
            ["exec", .. var command] => new ExecProbe(command.ToEquatableArray()),
            _ => throw new JsonException($"{text} is no probe."),
        };

    private static string Write(ProbeAction action) =>
        action switch
        {
            HttpProbe http => $"http {http.Port} {http.Path}",
            TcpProbe tcp => $"tcp {tcp.Port}",
            _ => $"exec {action}",
        };

    // {db.tcp.host} is an endpoint, {gateway.url} the gateway, {secret:db-password} or {secret:db-password:uri} a secret (uri, value, item
    // or word), {parameter:size} a parameter.
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
        return AspireDeploy.Model.Template.Create([.. parts]);
    }

    private static string Write(Template template) =>
        template.Render(static part =>
            part switch
            {
                SecretReference secret => $"{{secret:{secret.ToString()[1..]}",
                ParameterReference parameter => $"{{parameter:{parameter.ToString()[1..]}",
                _ => part.ToString(),
            }
        );

    private static TemplatePart Reference(string text) =>
        text.Split(':', '.') switch
        {
            ["secret", var name] => new SecretReference(name),
            ["secret", var name, var encoding] => new SecretReference(name, Encodings[encoding]),
            ["parameter", var name] => new ParameterReference(name),
            ["gateway", var property] => new GatewayReference(Enum.Parse<EndpointProperty>(property, ignoreCase: true)),
            [var workload, var port, var property] => new EndpointReference(
                workload,
                port,
                Enum.Parse<EndpointProperty>(property, ignoreCase: true)
            ),
            _ => throw new JsonException($"{{{text}}} is no reference."),
        };

    private static readonly Dictionary<string, ValueEncoding> Encodings = new()
    {
        ["uri"] = ValueEncoding.Uri,
        ["value"] = ValueEncoding.ConnectionValue,
        ["item"] = ValueEncoding.ListItem,
        ["word"] = ValueEncoding.RedisWord,
    };

    [GeneratedRegex(@"\{[a-z][a-zA-Z0-9-]*[:.][a-zA-Z0-9-]+(?:[:.][a-zA-Z]+)?\}")]
    private static partial Regex Place();

    private static void LeaveOutEmptyLists(JsonTypeInfo type)
    {
        foreach (
            var property in type.Properties.Where(static property =>
                property.PropertyType is { IsGenericType: true } list && list.GetGenericTypeDefinition() == typeof(EquatableArray<>)
            )
        )
            property.ShouldSerialize = static (_, list) => list is System.Collections.IEnumerable items && items.GetEnumerator().MoveNext();
    }

    private static TextConverter<T> Text<T>(Func<string, T> read, Func<T, string> write) => new(read, write);

    private sealed class TextConverter<T>(Func<string, T> read, Func<T, string> write) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }

    private sealed class EquatableArrayConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(EquatableArray<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

        private sealed class Of<T> : JsonConverter<EquatableArray<T>>
        {
            public override EquatableArray<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                JsonSerializer.Deserialize<T[]>(ref reader, options)!.ToEquatableArray();

            public override void Write(Utf8JsonWriter writer, EquatableArray<T> value, JsonSerializerOptions options) =>
                JsonSerializer.Serialize(writer, value.ToArray(), options);
        }
    }
}
