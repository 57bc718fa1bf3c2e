namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where the dashboard shows an address.</summary>
public enum UrlDisplayLocation
{
    /// <summary>In the list of resources and among the details of the resource.</summary>
    SummaryAndDetails,

    /// <summary>Among the details of the resource.</summary>
    DetailsOnly,
}
