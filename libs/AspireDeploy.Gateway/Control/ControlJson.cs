using System.Text.Json;
using System.Text.Json.Serialization;

namespace AspireDeploy.Gateway.Control;

/// <summary>Describes how the messages between host and gateway are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ReplicaList))]
[JsonSerializable(typeof(GatewayStatus))]
internal sealed partial class ControlJson : JsonSerializerContext;
