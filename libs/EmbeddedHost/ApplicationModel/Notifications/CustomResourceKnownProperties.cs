namespace Aspire.Hosting.ApplicationModel;

/// <summary>The names of properties that the dashboard shows in a place of their own.</summary>
public static class CustomResourceKnownProperties
{
    /// <summary>What a resource is made from: an image, a project, a program.</summary>
    public static string Source { get; } = KnownResourceProperties.Source;

    /// <summary>A resource's connection string.</summary>
    public static string ConnectionString { get; } = KnownResourceProperties.ConnectionString;
}
