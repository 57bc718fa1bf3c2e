namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource sends telemetry.</summary>
public class OtlpExporterAnnotation : IResourceAnnotation
{
    /// <summary>How; whatever the dashboard takes if null.</summary>
    public OtlpProtocol? RequiredProtocol { get; init; }
}
