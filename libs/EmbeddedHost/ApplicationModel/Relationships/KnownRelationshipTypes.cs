namespace Aspire.Hosting.ApplicationModel;

/// <summary>The ways in which resources have to do with each other that the dashboard knows.</summary>
internal static class KnownRelationshipTypes
{
    public const string WaitFor = "WaitFor";
    public const string Reference = "Reference";
    public const string Parent = "Parent";
}
