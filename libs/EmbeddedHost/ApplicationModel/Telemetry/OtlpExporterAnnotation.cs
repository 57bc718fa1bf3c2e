namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says that a resource exports telemetry by OTLP.</summary>
public class OtlpExporterAnnotation : IResourceAnnotation
{
    /// <summary>The protocol that it needs; any if null.</summary>
    public OtlpProtocol? RequiredProtocol { get; init; }
}
