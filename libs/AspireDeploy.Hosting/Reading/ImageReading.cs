using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// Describes where a resource's image comes from. What an engine would fill in by itself, registry and tag, is written out.
/// </summary>
internal static class ImageReading
{
    internal static ImageSource Read(IResource resource, PlanningOptions options, List<PlanError> errors)
    {
        if (resource is ProjectResource project)
            return OfProject(project, options);
        return resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var built)
            ? OfDockerfile(resource, built, options, errors)
            : OfContainer(resource.Annotations.OfType<ContainerImageAnnotation>().Last());
    }

    private static DockerfileImage OfDockerfile(
        IResource resource,
        DockerfileBuildAnnotation built,
        PlanningOptions options,
        List<PlanError> errors
    )
    {
        if (!options.Files.IsFolder(built.ContextPath))
            errors.Add(
                new($"{resource.Name}.dockerfile", $"builds from the folder {built.ContextPath}, and there is none; name one that there is")
            );
        // One that code writes is there when the image is built.
        else if (built.DockerfileFactory is null && !options.Files.IsFile(built.DockerfilePath))
            errors.Add(
                new($"{resource.Name}.dockerfile", $"is {built.DockerfilePath}, and there is no such file; add it, or name another")
            );
        return new(Relative(built.ContextPath, options), $"{options.Application}-{resource.Name.ToLowerInvariant()}", options.Version);
    }

    private static string Relative(string path, PlanningOptions options) =>
        Path.GetRelativePath(options.AppHostDirectory, path).Replace(Path.DirectorySeparatorChar, '/');

    private static ProjectImage OfProject(ProjectResource project, PlanningOptions options)
    {
        var path = project.Annotations.OfType<IProjectMetadata>().Last().ProjectPath;
        var file = ProjectFile.Read(path, options.Files);
        return new(Relative(path, options), $"{options.Application}-{project.Name.ToLowerInvariant()}", options.Version, file.Assembly)
        {
            Shell = file.Shell,
        };
    }

    private static ImageReference OfContainer(ContainerImageAnnotation image)
    {
        var first = image.Image.Split('/')[0];
        var hasRegistry =
            !string.IsNullOrEmpty(image.Registry)
            || (image.Image.Contains('/', StringComparison.Ordinal) && (first.AsSpan().ContainsAny('.', ':') || first == "localhost"));
        var repository = string.IsNullOrEmpty(image.Registry) ? image.Image : $"{image.Registry}/{image.Image}";
        if (!hasRegistry)
            repository = image.Image.Contains('/', StringComparison.Ordinal)
                ? $"docker.io/{repository}"
                : $"docker.io/library/{repository}";
        var digest = string.IsNullOrEmpty(image.SHA256) ? null : $"sha256:{image.SHA256}";
        return new(
            repository,
            string.IsNullOrEmpty(image.Tag)
                ? digest is null
                    ? "latest"
                    : null
                : image.Tag,
            digest
        );
    }
}
