namespace Aspire.Hosting.ApplicationModel;

/// <summary>A link of a resource.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    /// <summary>The address; a path is completed by the endpoint.</summary>
    public required string Url { get; set; }

    /// <summary>Its text; the address if null.</summary>
    public string? DisplayText { get; set; }

    /// <summary>The endpoint that it leads to; null if it leads elsewhere.</summary>
    public EndpointReference? Endpoint { get; init; }

    /// <summary>Where it is shown.</summary>
    public UrlDisplayLocation DisplayLocation { get; set; } = UrlDisplayLocation.SummaryAndDetails;
}
