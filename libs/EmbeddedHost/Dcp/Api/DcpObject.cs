using System.Text.Json.Serialization;

namespace Aspire.Hosting.Dcp;

/// <summary>An object of DCP's API, which has the shape of Kubernetes': what is wanted, and what is.</summary>
internal abstract class DcpObject
{
    public const string Group = "usvc-dev.developer.microsoft.com";
    public const string Version = "v1";

    public string ApiVersion { get; init; } = $"{Group}/{Version}";

    public abstract string Kind { get; }

    public ObjectMetadata Metadata { get; init; } = new();
}

/// <summary>What names an object.</summary>
internal sealed class ObjectMetadata
{
    public string Name { get; set; } = "";

    public Dictionary<string, string>? Annotations { get; set; }

    public string? ResourceVersion { get; set; }

    public DateTime? CreationTimestamp { get; set; }

    public DateTime? DeletionTimestamp { get; set; }
}

/// <summary>Where objects of a type are found.</summary>
internal interface IDcpObject<TSelf> where TSelf : DcpObject, IDcpObject<TSelf>
{
    /// <summary>The collection's name in an address, such as <c>executables</c>.</summary>
    static abstract string Plural { get; }
}

internal sealed class DcpList<T>
{
    public ObjectMetadata Metadata { get; init; } = new();

    public List<T> Items { get; init; } = [];
}

internal sealed class DcpWatchEvent<T>
{
    /// <summary><c>ADDED</c>, <c>MODIFIED</c>, <c>DELETED</c>, <c>BOOKMARK</c> or <c>ERROR</c>.</summary>
    public string Type { get; init; } = "";

    public T? Object { get; init; }
}

internal sealed record EnvVar(string Name, string Value);

/// <summary>Annotation <c>service-producer</c> of an executable or container: which service it serves, and where.</summary>
internal sealed record ServiceProducer(string ServiceName, string? Address, int? Port)
{
    public const string Annotation = "service-producer";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Executable))]
[JsonSerializable(typeof(DcpList<Executable>))]
[JsonSerializable(typeof(DcpWatchEvent<Executable>))]
[JsonSerializable(typeof(Container))]
[JsonSerializable(typeof(DcpList<Container>))]
[JsonSerializable(typeof(DcpWatchEvent<Container>))]
[JsonSerializable(typeof(ContainerNetwork))]
[JsonSerializable(typeof(DcpList<ContainerNetwork>))]
[JsonSerializable(typeof(DcpWatchEvent<ContainerNetwork>))]
[JsonSerializable(typeof(ContainerNetworkTunnelProxy))]
[JsonSerializable(typeof(DcpList<ContainerNetworkTunnelProxy>))]
[JsonSerializable(typeof(DcpWatchEvent<ContainerNetworkTunnelProxy>))]
[JsonSerializable(typeof(ContainerVolume))]
[JsonSerializable(typeof(DcpList<ContainerVolume>))]
[JsonSerializable(typeof(DcpWatchEvent<ContainerVolume>))]
[JsonSerializable(typeof(Service))]
[JsonSerializable(typeof(DcpList<Service>))]
[JsonSerializable(typeof(DcpWatchEvent<Service>))]
[JsonSerializable(typeof(List<ServiceProducer>))]
internal sealed partial class DcpJson : JsonSerializerContext;
