using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>
/// Methods as Aspire.Hosting.Docker and Aspire.Hosting.Azure.AppContainers have them beside ours, by name, namespace and number of
/// arguments.
/// </summary>
internal static class AspiresOwnMethods
{
    internal static IResourceBuilder<T> PublishAsDockerComposeService<T>(this IResourceBuilder<T> builder, Action<object, object> configure)
        where T : IComputeResource
    {
        configure(builder, builder);
        return builder;
    }

    internal static IResourceBuilder<T> PublishAsAzureContainerApp<T>(this IResourceBuilder<T> container, Action<object, object> configure)
        where T : ContainerResource
    {
        configure(container, container);
        return container;
    }
}
