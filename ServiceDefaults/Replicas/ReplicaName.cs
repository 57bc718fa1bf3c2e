using Microsoft.Extensions.Configuration;

namespace AspireDeploy.ServiceDefaults.Replicas;

/// <summary>
/// The name that tells this replica from its siblings: the one its telemetry carries, so that an answer leads to its traces.
/// </summary>
public static class ReplicaName
{
    /// <summary>The resource attribute that names a service's instance (OpenTelemetry's semantic conventions for <c>service</c>).</summary>
    internal const string InstanceAttribute = "service.instance.id";

    /// <summary>
    /// The first of: <c>OTEL_SERVICE_INSTANCE_ID</c>, <c>service.instance.id</c> in <c>OTEL_RESOURCE_ATTRIBUTES</c> (after
    /// <c>OTEL_SERVICE_NAME</c>, as the Aspire dashboard names a replica), <c>HOSTNAME</c>, the machine's name.
    /// </summary>
    public static string From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return FirstGiven(
            configuration["OTEL_SERVICE_INSTANCE_ID"],
            OfService(configuration["OTEL_SERVICE_NAME"], Attribute(configuration["OTEL_RESOURCE_ATTRIBUTES"], InstanceAttribute)),
            configuration["HOSTNAME"]
        ) ?? Environment.MachineName;
    }

    /// <summary>
    /// An attribute of a list <c>key=value,key=value</c> with percent-encoded values (OpenTelemetry specification, "Resource SDK:
    /// Specifying resource information via an environment variable"), or null.
    /// </summary>
    internal static string? Attribute(string? attributes, string key)
    {
        foreach (var pair in (attributes ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && pair.AsSpan(0, equals).TrimEnd().SequenceEqual(key))
                return Uri.UnescapeDataString(pair[(equals + 1)..].Trim());
        }
        return null;
    }

    private static string? OfService(string? service, string? instance) =>
        string.IsNullOrWhiteSpace(instance) || string.IsNullOrWhiteSpace(service) ? instance : $"{service}-{instance}";

    private static string? FirstGiven(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            if (!string.IsNullOrWhiteSpace(name))
                return name;
        }
        return null;
    }
}
