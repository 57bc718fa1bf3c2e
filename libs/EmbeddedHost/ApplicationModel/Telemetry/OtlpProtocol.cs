namespace Aspire.Hosting;

/// <summary>How OTLP is spoken.</summary>
public enum OtlpProtocol
{
    /// <summary>gRPC.</summary>
    Grpc,

    /// <summary>HTTP with Protobuf.</summary>
    HttpProtobuf,

    /// <summary>HTTP with JSON.</summary>
    HttpJson,
}
