using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Publishing;

/// <summary>The pipeline steps that build and push images.</summary>
internal static class ImageSteps
{
    /// <summary>Gives a project the steps <c>build-NAME</c> and <c>push-NAME</c>, and what its image is built as unless something else is said.</summary>
    public static void AddTo(ProjectResource project)
    {
        project.Annotations.Add(new ContainerBuildOptionsCallbackAnnotation(context => context.TargetPlatform = ContainerTargetPlatform.LinuxAmd64));
        project.Annotations.Add(new PipelineStepAnnotation(context => context.Resource.RequiresImageBuild() ? Of(context.Resource) : []));
    }

    /// <summary>Checks that a container engine answers, for steps that need one.</summary>
    public static PipelineStep CheckEngine() => new()
    {
        Name = WellKnownPipelineSteps.CheckContainerRuntime,
        Description = "Checks that a container engine answers.",
        Action = async context =>
        {
            var runtime = await context.Services.GetRequiredService<IContainerRuntimeResolver>().ResolveAsync(context.CancellationToken).ConfigureAwait(false);
            if (!await runtime.CheckIfRunningAsync(context.CancellationToken).ConfigureAwait(false))
            {
                throw new DistributedApplicationException($"{runtime.Name} doesn't answer. Start it, or say where it is (DOCKER_HOST).");
            }
        },
    };

    private static IEnumerable<PipelineStep> Of(IResource resource)
    {
        var build = new PipelineStep
        {
            Name = $"build-{resource.Name}",
            Description = $"Builds the image of {resource.Name}.",
            Action = context => Images(context).BuildImageAsync(resource, context.CancellationToken),
            Tags = [WellKnownPipelineTags.BuildCompute],
            DependsOnSteps = [WellKnownPipelineSteps.BuildPrereq, WellKnownPipelineSteps.CheckContainerRuntime],
            RequiredBySteps = [WellKnownPipelineSteps.Build],
        };
        var push = new PipelineStep
        {
            Name = $"push-{resource.Name}",
            Description = $"Pushes the image of {resource.Name} to its registry.",
            Action = context => Images(context).PushImageAsync(resource, context.CancellationToken),
            Tags = [WellKnownPipelineTags.PushContainerImage],
            DependsOnSteps = [build.Name, WellKnownPipelineSteps.PushPrereq],
            RequiredBySteps = [WellKnownPipelineSteps.Push],
        };
        return [build, push];
    }

    private static IResourceContainerImageManager Images(PipelineStepContext context) => context.Services.GetRequiredService<IResourceContainerImageManager>();
}
