using System.Collections;
using System.Collections.Immutable;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Tells whether two snapshots say the same. A record's own equality doesn't: it compares arrays by reference, and counts publications.</summary>
internal static class SnapshotContent
{
    private static readonly EqualityComparer<ResourcePropertySnapshot> Properties = EqualityComparer<ResourcePropertySnapshot>.Create(SameProperty);
    private static readonly EqualityComparer<ResourceCommandSnapshot> Commands = EqualityComparer<ResourceCommandSnapshot>.Create(SameCommand);

    public static bool Same(CustomResourceSnapshot a, CustomResourceSnapshot b)
        => Scalars(a) == Scalars(b)
        && Same(a.Properties, b.Properties, Properties)
        && Same(a.HealthReports, b.HealthReports)
        && Same(a.EnvironmentVariables, b.EnvironmentVariables)
        && Same(a.Urls, b.Urls)
        && Same(a.Volumes, b.Volumes)
        && Same(a.Commands, b.Commands, Commands)
        && Same(a.Relationships, b.Relationships);

    // What is left once the arrays and the count are taken away, the record's own equality compares.
    private static CustomResourceSnapshot Scalars(CustomResourceSnapshot snapshot) => snapshot with
    {
        Version = 0,
        Properties = [],
        HealthReports = [],
        EnvironmentVariables = [],
        Urls = [],
        Volumes = [],
        Commands = [],
        Relationships = [],
    };

    private static bool Same<T>(ImmutableArray<T> a, ImmutableArray<T> b, IEqualityComparer<T>? comparer = null)
        => a == b || (!a.IsDefault && !b.IsDefault && a.SequenceEqual(b, comparer));

    private static bool SameProperty(ResourcePropertySnapshot? a, ResourcePropertySnapshot? b)
        => ReferenceEquals(a, b) || (a is not null && b is not null && a with { Value = null } == b with { Value = null } && SameValue(a.Value, b.Value));

    private static bool SameCommand(ResourceCommandSnapshot? a, ResourceCommandSnapshot? b)
        => ReferenceEquals(a, b) || (a is not null && b is not null && a with { Arguments = [] } == b with { Arguments = [] } && a.Arguments.SequenceEqual(b.Arguments));

    private static bool SameValue(object? a, object? b) => (a, b) switch
    {
        (string, _) or (_, string) => Equals(a, b),
        (IEnumerable many, IEnumerable others) => many.Cast<object?>().SequenceEqual(others.Cast<object?>(), EqualityComparer<object?>.Create(SameValue)),
        _ => Equals(a, b),
    };
}
