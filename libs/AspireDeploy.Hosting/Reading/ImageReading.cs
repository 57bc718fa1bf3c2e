using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>Where a resource's image comes from. What an engine would fill in by itself, registry and tag, is written out.</summary>
internal static class ImageReading
{
    internal static ImageSource? Of(IResource resource, PlanningOptions options, List<PlanError> errors)
    {
        if (resource is ProjectResource project) return OfProject(project, options);
        var built = resource.Annotations.FirstOrDefault(static annotation => annotation.GetType().Name is "DockerfileBuildAnnotation");
        if (built is null) return OfContainer(resource.Annotations.OfType<ContainerImageAnnotation>().Last());
        errors.Add(new($"{resource.Name}.image", "is built from a Dockerfile, which publishing doesn't do; build and push it, and name the image with AddContainer"));
        return null;
    }

    private static ProjectImage OfProject(ProjectResource project, PlanningOptions options)
    {
        var path = project.Annotations.OfType<IProjectMetadata>().Last().ProjectPath;
        var relative = Path.GetRelativePath(options.AppHostDirectory, path).Replace(Path.DirectorySeparatorChar, '/');
        return new(relative, $"{options.Application}-{project.Name.ToLowerInvariant()}", options.Version, Path.GetFileNameWithoutExtension(path) + ".dll");
    }

    private static ImageReference OfContainer(ContainerImageAnnotation image)
    {
        var first = image.Image.Split('/')[0];
        var hasRegistry = !string.IsNullOrEmpty(image.Registry) || (image.Image.Contains('/', StringComparison.Ordinal) && (first.AsSpan().ContainsAny('.', ':') || first == "localhost"));
        var repository = string.IsNullOrEmpty(image.Registry) ? image.Image : $"{image.Registry}/{image.Image}";
        if (!hasRegistry) repository = image.Image.Contains('/', StringComparison.Ordinal) ? $"docker.io/{repository}" : $"docker.io/library/{repository}";
        var digest = string.IsNullOrEmpty(image.SHA256) ? null : $"sha256:{image.SHA256}";
        return new(repository, string.IsNullOrEmpty(image.Tag) ? digest is null ? "latest" : null : image.Tag, digest);
    }
}
