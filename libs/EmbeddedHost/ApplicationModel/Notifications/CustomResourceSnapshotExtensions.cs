using System.Collections.Immutable;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Changes of snapshots.</summary>
public static class CustomResourceSnapshotExtensions
{
    /// <summary>Replaces the health reports of a snapshot. Its health follows from them.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="healthReports">The reports.</param>
    /// <returns>A snapshot with those reports.</returns>
    public static CustomResourceSnapshot WithHealthReports(this CustomResourceSnapshot snapshot, ImmutableArray<HealthReportSnapshot> healthReports)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return snapshot with { HealthReports = healthReports };
    }

    /// <summary>Sets a property, in the place of an earlier one of that name.</summary>
    internal static CustomResourceSnapshot WithProperty(this CustomResourceSnapshot snapshot, ResourcePropertySnapshot property)
    {
        var index = IndexOf(snapshot.Properties, property.Name);
        return snapshot with { Properties = index < 0 ? snapshot.Properties.Add(property) : snapshot.Properties.SetItem(index, property) };
    }

    /// <inheritdoc cref="WithProperty(CustomResourceSnapshot, ResourcePropertySnapshot)" />
    internal static CustomResourceSnapshot WithProperty(this CustomResourceSnapshot snapshot, string name, object? value)
        => snapshot.WithProperty(new ResourcePropertySnapshot(name, value));

    internal static CustomResourceSnapshot WithoutProperty(this CustomResourceSnapshot snapshot, string name)
    {
        var index = IndexOf(snapshot.Properties, name);
        return index < 0 ? snapshot : snapshot with { Properties = snapshot.Properties.RemoveAt(index) };
    }

    /// <summary>Says why the resource is in its state. What is said stands until the resource neither waits nor has failed to start.</summary>
    internal static CustomResourceSnapshot WithReason(this CustomResourceSnapshot snapshot, string reason)
        => snapshot.WithProperty(new ResourcePropertySnapshot(KnownResourceProperties.Reason, reason) { DisplayName = "Reason", IsHighlighted = true, SortOrder = 0 });

    /// <summary>Why the resource is in its state, if that was said.</summary>
    internal static string? Reason(this CustomResourceSnapshot snapshot)
        => IndexOf(snapshot.Properties, KnownResourceProperties.Reason) is >= 0 and var index ? snapshot.Properties[index].Value as string : null;

    private static int IndexOf(ImmutableArray<ResourcePropertySnapshot> properties, string name)
    {
        for (var i = 0; i < properties.Length; i++)
            if (StringComparer.OrdinalIgnoreCase.Equals(properties[i].Name, name))
                return i;
        return -1;
    }
}
