using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where the dashboard takes telemetry, and how.</summary>
/// <param name="Url">Where.</param>
/// <param name="Protocol">How, as <c>OTEL_EXPORTER_OTLP_PROTOCOL</c> says it.</param>
internal sealed record OtlpEndpoint(string Url, string Protocol)
{
    /// <summary>What the configuration says; null if no dashboard takes any.</summary>
    /// <exception cref="DistributedApplicationException">The dashboard doesn't take the protocol that is needed.</exception>
    public static OtlpEndpoint? Of(IConfiguration configuration, OtlpProtocol? required)
    {
        var grpc = configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ?? configuration["DOTNET_DASHBOARD_OTLP_ENDPOINT_URL"];
        var http = configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] ?? configuration["DOTNET_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"];
        return required switch
        {
            OtlpProtocol.HttpProtobuf => new(http ?? throw NoHttp("http/protobuf"), "http/protobuf"),
            OtlpProtocol.HttpJson => new(http ?? throw NoHttp("http/json"), "http/json"),
            null when grpc is null && http is not null => new(http, "http/protobuf"),
            _ => grpc is null ? null : new(grpc, "grpc"),
        };
    }

    private static DistributedApplicationException NoHttp(string protocol) =>
        new($"Telemetry is to be exported by {protocol}, but the dashboard takes none: set ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL.");
}
