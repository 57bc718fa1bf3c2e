using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Google.Protobuf.WellKnownTypes;

namespace Aspire.Hosting.Dashboard;

/// <summary>A resource as the dashboard is told of it.</summary>
internal static class ResourceMessage
{
    /// <summary>Says what is known of one instance.</summary>
    /// <param name="resourceEvent">The instance and its state.</param>
    /// <param name="firstSeen">Its creation time where the state has none: the dashboard requires one.</param>
    public static Protocol.Resource From(ResourceEvent resourceEvent, DateTime firstSeen)
    {
        var snapshot = resourceEvent.Snapshot;
        var created = snapshot.CreationTimeStamp ?? firstSeen;
        var message = new Protocol.Resource
        {
            Name = resourceEvent.ResourceId,
            Uid = resourceEvent.ResourceId,
            DisplayName = resourceEvent.Resource.Name,
            ResourceType = snapshot.ResourceType,
            State = snapshot.State?.Text ?? "",
            StateStyle = snapshot.State?.Style ?? "",
            CreatedAt = Time(created),
            StartedAt = Time(snapshot.StartTimeStamp),
            StoppedAt = Time(snapshot.StopTimeStamp),
            IsHidden = snapshot.IsHidden,
        };
        if (snapshot.IconName is { } icon)
        {
            message.IconName = icon;
        }

        if (snapshot.IconVariant is { } variant)
        {
            message.IconVariant = CommandMessage.Variant(variant);
        }

        message.Environment.AddRange(Each(snapshot.EnvironmentVariables).Select(v => new Protocol.EnvironmentVariable { Name = v.Name, Value = v.Value ?? "", IsFromSpec = v.IsFromSpec }));
        message.Urls.AddRange(Each(snapshot.Urls).Select(From));
        message.Volumes.AddRange(Each(snapshot.Volumes).Select(v => new Protocol.Volume { Source = v.Source ?? "", Target = v.Target, MountType = v.MountType, IsReadOnly = v.IsReadOnly }));
        message.Relationships.AddRange(Each(snapshot.Relationships).Select(r => new Protocol.ResourceRelationship { ResourceName = r.ResourceName, Type = r.Type }));
        message.HealthReports.AddRange(Each(snapshot.HealthReports).Select(From));
        message.Commands.AddRange(Each(snapshot.Commands).Where(c => c.Visibility.HasFlag(ResourceCommandVisibility.UI)).Select(CommandMessage.From));
        message.Properties.AddRange(Common(message, snapshot));
        message.Properties.AddRange(Each(snapshot.Properties).Select(From));
        return message;
    }

    /// <summary>The properties that every resource has; the dashboard looks for them by these names.</summary>
    private static IEnumerable<Protocol.ResourceProperty> Common(Protocol.Resource message, CustomResourceSnapshot snapshot)
    {
        yield return Property("resource.uid", message.Uid);
        yield return Property("resource.name", message.Name);
        yield return Property("resource.type", message.ResourceType);
        yield return Property("resource.displayName", message.DisplayName);
        yield return Property("resource.state", snapshot.State?.Text);
        yield return Property("resource.exitCode", snapshot.ExitCode?.ToString(CultureInfo.InvariantCulture));
        yield return Property("resource.createTime", message.CreatedAt.ToDateTime().ToString("O", CultureInfo.InvariantCulture));
        yield return Property("resource.startTime", snapshot.StartTimeStamp?.ToString("O", CultureInfo.InvariantCulture));
        yield return Property("resource.stopTime", snapshot.StopTimeStamp?.ToString("O", CultureInfo.InvariantCulture));
        yield return Property("resource.healthState", snapshot.HealthStatus?.ToString());
    }

    private static Protocol.ResourceProperty Property(string name, string? value) =>
        new() { Name = name, Value = PropertyValue.From(value), IsSensitive = false };

    private static Protocol.ResourceProperty From(ResourcePropertySnapshot property)
    {
        var message = new Protocol.ResourceProperty
        {
            Name = property.Name,
            Value = PropertyValue.From(property.Value),
            IsSensitive = property.IsSensitive,
            IsHighlighted = property.IsHighlighted,
        };
        if (!string.IsNullOrEmpty(property.DisplayName))
        {
            message.DisplayName = property.DisplayName;
        }

        if (property.SortOrder is { } order)
        {
            message.SortOrder = order;
        }

        return message;
    }

    private static Protocol.Url From(UrlSnapshot url) => new()
    {
        EndpointName = url.Name ?? "",
        FullUrl = url.Url,
        IsInternal = url.IsInternal,
        IsInactive = url.IsInactive,
        DisplayProperties = new() { DisplayName = url.DisplayProperties.DisplayName, SortOrder = url.DisplayProperties.SortOrder },
    };

    private static Protocol.HealthReport From(HealthReportSnapshot report)
    {
        var message = new Protocol.HealthReport
        {
            Key = report.Name,
            Description = report.Description ?? "",
            Exception = report.ExceptionText ?? "",
            LastRunAt = Time(report.LastRunAt),
        };
        if (report.Status is { } status)
        {
            message.Status = status switch
            {
                Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy => Protocol.HealthStatus.Healthy,
                Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Degraded => Protocol.HealthStatus.Degraded,
                _ => Protocol.HealthStatus.Unhealthy,
            };
        }

        return message;
    }

    // Times without a kind are taken as UTC: a snapshot's are.
    private static Timestamp? Time(DateTime? time) => time is { } t
        ? Timestamp.FromDateTime(t.Kind is DateTimeKind.Unspecified ? DateTime.SpecifyKind(t, DateTimeKind.Utc) : t.ToUniversalTime())
        : null;

    private static ImmutableArray<T> Each<T>(ImmutableArray<T> array) => array.IsDefault ? [] : array;
}
