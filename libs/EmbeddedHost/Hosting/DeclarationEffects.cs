using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What follows from the whole declaration, so that it can be done only once everything is declared.</summary>
internal static class DeclarationEffects
{
    public static Task ApplyAsync(IEnumerable<IResource> resources, DistributedApplicationOptions options)
    {
        var all = resources.ToList();
        var registries = all.OfType<ContainerRegistryResource>().ToList();
        foreach (var resource in all)
        {
            SpeakHttp2(resource);
            registries.ForEach(registry => resource.Annotations.Add(new RegistryTargetAnnotation(registry)));
            if (options.ContainerRegistryOverride is { Length: > 0 } registry)
            {
                foreach (var image in resource.Annotations.OfType<ContainerImageAnnotation>())
                {
                    image.Registry = registry;
                }
            }
        }

        return Task.CompletedTask;
    }

    private static void SpeakHttp2(IResource resource)
    {
        if (!resource.HasAnnotationOfType<Http2ServiceAnnotation>())
        {
            return;
        }

        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme is "http" or "https"))
        {
            endpoint.Transport = "http2";
        }
    }
}
