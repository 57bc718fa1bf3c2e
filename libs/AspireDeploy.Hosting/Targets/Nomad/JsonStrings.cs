using System.Text.Encodings.Web;
using System.Text.Json;

namespace AspireDeploy.Targets.Nomad;

/// <summary>JSON's texts with no more escapes than JSON asks for.</summary>
internal static class JsonStrings
{
    internal static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
