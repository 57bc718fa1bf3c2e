using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Local.Replicas;

/// <summary>
/// Sets what the dashboard shows among a replica's properties. It shows those that it doesn't know only where they are highlighted.
/// </summary>
internal static class SnapshotProperties
{
    internal static CustomResourceSnapshot With(this CustomResourceSnapshot snapshot, string name, object value) =>
        snapshot with
        {
            Properties =
            [
                .. snapshot.Properties.Where(property => property.Name != name),
                new ResourcePropertySnapshot(name, value) { IsHighlighted = true },
            ],
        };
}
