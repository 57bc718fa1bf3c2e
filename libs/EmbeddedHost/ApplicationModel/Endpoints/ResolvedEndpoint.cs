namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint and its ports when publishing.</summary>
public sealed class ResolvedEndpoint
{
    /// <summary>The endpoint.</summary>
    public required EndpointAnnotation Endpoint { get; init; }

    /// <summary>The port that the resource itself listens on.</summary>
    public required ResolvedPort TargetPort { get; init; }

    /// <summary>The port that others reach it on.</summary>
    public required ResolvedPort ExposedPort { get; init; }
}
