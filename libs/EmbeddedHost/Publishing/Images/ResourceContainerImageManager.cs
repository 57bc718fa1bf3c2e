using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.BackingServices;
using Aspire.Hosting.Tools;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Publishing;

/// <summary>Builds projects' images with the .NET SDK and pushes them with the container engine.</summary>
internal sealed class ResourceContainerImageManager(
    IContainerRuntimeResolver runtimes,
    IServiceProvider services,
    DistributedApplicationExecutionContext executionContext,
    ILogger<ResourceContainerImageManager> logger) : IResourceContainerImageManager, IDisposable
{
    // One at a time: projects share projects, and two builds of one write the same files.
    private readonly SemaphoreSlim _building = new(1);

    public async Task BuildImagesAsync(IEnumerable<IResource> resources, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resources);
        foreach (var resource in resources)
        {
            await BuildImageAsync(resource, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task BuildImageAsync(IResource resource, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (resource is not ProjectResource project)
        {
            if (resource.IsContainer())
            {
                return;
            }

            throw new DistributedApplicationException($"'{resource.Name}' is a {resource.GetType().Name}: there is nothing to build an image from.");
        }

        var options = await OptionsAsync(project, cancellationToken).ConfigureAwait(false);
        await _building.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await BuildAsync(project, options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _building.Release();
        }
    }

    public async Task PushImageAsync(IResource resource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var options = await OptionsAsync(resource, cancellationToken).ConfigureAwait(false);
        if (options.Destination == ContainerImageDestination.Archive)
        {
            logger.LogInformation("The image of {Resource} is a file, so it isn't pushed", resource.Name);
            return;
        }

        var runtime = await runtimes.ResolveAsync(cancellationToken).ConfigureAwait(false);
        var remote = await RemoteImage.OfAsync(resource, cancellationToken).ConfigureAwait(false);
        await runtime.TagImageAsync($"{ProjectImageCommand.ImageName(options)}:{options.LocalImageTag ?? "latest"}", remote, cancellationToken).ConfigureAwait(false);
        await runtime.PushImageAsync(resource, cancellationToken).ConfigureAwait(false);
        logger.LogInformation("{Image}", remote);
    }

    public void Dispose() => _building.Dispose();

    private async Task BuildAsync(ProjectResource project, ContainerBuildOptionsCallbackContext options, CancellationToken cancellationToken)
    {
        var toFile = options.OutputPath is { Length: > 0 };
        var engine = toFile ? null : (await runtimes.ResolveAsync(cancellationToken).ConfigureAwait(false)).Name;
        var path = project.Project().ProjectPath;
        var command = new ProcessCommand(
            DotnetMuxer.Find(ToolEnvironment.ForProcess()),
            ProjectImageCommand.Arguments(path, options, engine),
            Path.GetDirectoryName(Path.GetFullPath(path))!,
            new Dictionary<string, string>());
        var outcome = await OneShot.RunAsync(command, "", cancellationToken).ConfigureAwait(false);
        foreach (var line in outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            logger.Log(outcome.ExitCode == 0 ? LogLevel.Debug : LogLevel.Information, "{Line}", line);
        }

        if (outcome.ExitCode != 0)
        {
            throw new DistributedApplicationException($"The image of '{project.Name}' can't be built from {path}: {outcome.Complaint}");
        }

        logger.LogInformation("{Image}:{Tag}", ProjectImageCommand.ImageName(options), options.LocalImageTag ?? "latest");
    }

    private async Task<ContainerBuildOptionsCallbackContext> OptionsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var options = new ContainerBuildOptionsCallbackContext(resource, services, logger, cancellationToken, executionContext);
        foreach (var annotation in resource.Annotations.OfType<ContainerBuildOptionsCallbackAnnotation>())
        {
            await annotation.Callback(options).ConfigureAwait(false);
        }

        return options;
    }
}
