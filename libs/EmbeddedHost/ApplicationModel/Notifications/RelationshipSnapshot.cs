namespace Aspire.Hosting.ApplicationModel;

/// <summary>A relation of a resource to another.</summary>
/// <param name="ResourceName">The other resource's name.</param>
/// <param name="Type">The relation, such as <c>Parent</c>, <c>Reference</c> or <c>WaitFor</c>.</param>
public sealed record RelationshipSnapshot(string ResourceName, string Type);
