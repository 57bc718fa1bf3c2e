namespace Aspire.Hosting;

/// <summary>How telemetry is sent.</summary>
public enum OtlpProtocol
{
    /// <summary>By gRPC.</summary>
    Grpc,

    /// <summary>As Protobuf over HTTP.</summary>
    HttpProtobuf,

    /// <summary>As JSON over HTTP.</summary>
    HttpJson,
}
