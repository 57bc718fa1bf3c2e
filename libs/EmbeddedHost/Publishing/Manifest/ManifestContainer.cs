using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>How a container stands in a manifest: <c>container.v0</c>, or <c>container.v1</c> if it says how it is deployed.</summary>
internal static class ManifestContainer
{
    public static async Task WriteAsync(ManifestPublishingContext context, ContainerResource container)
    {
        if (!container.TryGetContainerImageName(out var image))
        {
            throw new DistributedApplicationException($"Container '{container.Name}' has no image, so it can't be written to the manifest. Give it one with WithImage.");
        }

        var target = container.GetDeploymentTargetAnnotation();
        context.Writer.WriteString("type", target is null ? "container.v0" : "container.v1");
        context.WriteConnectionString(container);
        context.Writer.WriteString("image", image);
        await ManifestDeployment.WriteAsync(context, target).ConfigureAwait(false);
        if (container.Entrypoint is { } entrypoint)
        {
            context.Writer.WriteString("entrypoint", entrypoint);
        }

        await context.WriteCommandLineArgumentsAsync(container).ConfigureAwait(false);
        WriteMounts(context, container);
        await context.WriteEnvironmentVariablesAsync(container).ConfigureAwait(false);
        context.WriteBindings(container);
    }

    private static void WriteMounts(ManifestPublishingContext context, ContainerResource container)
    {
        var mounts = container.Annotations.OfType<ContainerMountAnnotation>().ToLookup(m => m.Type);
        WriteMounts(context, "bindMounts", mounts[ContainerMountType.BindMount], mount =>
        {
            context.Writer.WriteString("source", context.GetManifestRelativePath(mount.Source));
            context.Writer.WriteString("target", mount.Target.Replace('\\', '/'));
        });
        WriteMounts(context, "volumes", mounts[ContainerMountType.Volume], mount =>
        {
            if (mount.Source is { } name)
            {
                context.Writer.WriteString("name", name);
            }

            context.Writer.WriteString("target", mount.Target);
        });
    }

    private static void WriteMounts(ManifestPublishingContext context, string property, IEnumerable<ContainerMountAnnotation> mounts, Action<ContainerMountAnnotation> write)
    {
        var all = mounts.ToList();
        if (all.Count == 0)
        {
            return;
        }

        context.Writer.WriteStartArray(property);
        foreach (var mount in all)
        {
            context.Writer.WriteStartObject();
            write(mount);
            context.Writer.WriteBoolean("readOnly", mount.IsReadOnly);
            context.Writer.WriteEndObject();
        }

        context.Writer.WriteEndArray();
    }
}
