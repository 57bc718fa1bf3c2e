namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a URL is shown.</summary>
/// <param name="DisplayName">The text shown in place of the URL; empty to show the URL.</param>
/// <param name="SortOrder">Its place among the resource's URLs: the highest comes first.</param>
public sealed record UrlDisplayPropertiesSnapshot(string DisplayName = "", int SortOrder = 0);
