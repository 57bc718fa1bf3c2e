using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedHost.Tests.ApplicationModel.Notifications;

/// <summary>A notification service and resources to publish about.</summary>
internal static class Publishing
{
    public static ResourceNotificationService Create(ResourceLoggerService? loggers = null) => new(
        NullLogger<ResourceNotificationService>.Instance,
        new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance),
        new ServiceCollection().BuildServiceProvider(),
        loggers ?? new ResourceLoggerService());

    public static IResource Resource(string name, params IResourceAnnotation[] annotations)
    {
        var resource = new SomeResource(name);
        foreach (var annotation in annotations)
            resource.Annotations.Add(annotation);
        return resource;
    }

    public static IResource Replicated(string name, int replicas) => Resource(
        name, new ResourceInstancesAnnotation([.. Enumerable.Range(0, replicas).Select(i => new ResourceInstance($"{name}-{i}", $"{i}", i))]));

    public static IResource Child(string name, IResource parent) => new SomeChild(name, parent);

    public static CustomResourceSnapshot Report(this CustomResourceSnapshot snapshot, params HealthReportSnapshot[] reports) => snapshot.WithHealthReports([.. reports]);

    public static ImmutableArray<ResourcePropertySnapshot> Property(string name, object? value) => [new ResourcePropertySnapshot(name, value)];

    private sealed class SomeResource(string name) : Resource(name);

    private sealed class SomeChild(string name, IResource parent) : Resource(name), IResourceWithParent
    {
        public IResource Parent => parent;
    }
}
