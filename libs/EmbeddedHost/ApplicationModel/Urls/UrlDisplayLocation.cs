namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a link is shown.</summary>
public enum UrlDisplayLocation
{
    /// <summary>Beside the resource, and among its details.</summary>
    SummaryAndDetails,

    /// <summary>Among its details only.</summary>
    DetailsOnly,
}
