using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Reading;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AspireDeploy.Deploying;

/// <summary>
/// <c>deploy-NAME</c>, <c>destroy-NAME</c>, and where the target's scripts have them <c>dry-run-NAME</c> and <c>status-NAME</c>: provide
/// the projects' images, publish the plan with them, and run the published scripts, whose lines are the progress. <c>prepare-NAME</c> comes
/// before both first: it supplies what the configuration has.
/// </summary>
internal static class DeploySteps
{
    internal static string Prepare(TargetResource resource) => $"prepare-{resource.Name}";

    internal static string Deploy(TargetResource resource) => $"deploy-{resource.Name}";

    internal static string DryRun(TargetResource resource) => $"dry-run-{resource.Name}";

    internal static string Status(TargetResource resource) => $"status-{resource.Name}";

    internal static string Destroy(TargetResource resource) => $"destroy-{resource.Name}";

    internal static IEnumerable<PipelineStep> Create(TargetResource resource, ScriptedDeployment deployment)
    {
        yield return new()
        {
            Name = Prepare(resource),
            Description =
                $"Finds out whether {resource.Target.Title} can be deployed to, and takes in the secrets and settings that it needs.",
            Action = RequestedStep.Guard(
                Prepare(resource),
                context => PrepareAsync(context, resource, deployment),
                Prepare(resource),
                Deploy(resource),
                DryRun(resource),
                WellKnownPipelineSteps.Deploy
            ),
            DependsOnSteps = [StepNames.Publish(resource), WellKnownPipelineSteps.DeployPrereq],
            Resource = resource,
        };
        yield return new()
        {
            Name = Deploy(resource),
            Description = $"Deploys to {resource.Target.Title}: images, secrets, and what runs before what.",
            Action = RequestedStep.Guard(
                Deploy(resource),
                context => DeployAsync(context, resource, deployment),
                Deploy(resource),
                WellKnownPipelineSteps.Deploy
            ),
            DependsOnSteps = [Prepare(resource)],
            RequiredBySteps = [WellKnownPipelineSteps.Deploy],
            Resource = resource,
        };
        if (deployment.HasDryRun)
        {
            yield return new()
            {
                Name = DryRun(resource),
                Description = $"Shows what a deployment to {resource.Target.Title} would change there, and changes nothing.",
                Action = RequestedStep.Guard(DryRun(resource), context => DryRunAsync(context, resource, deployment), DryRun(resource)),
                DependsOnSteps = [Prepare(resource)],
                Resource = resource,
            };
        }
        if (deployment.StatusScript is { } status)
        {
            yield return new()
            {
                Name = Status(resource),
                Description = $"Shows what runs on {resource.Target.Title} of what was deployed.",
                Action = RequestedStep.Guard(
                    Status(resource),
                    context => RunAsync(context, [status], Published(context, resource, status)),
                    Status(resource)
                ),
                Resource = resource,
            };
        }
        yield return new()
        {
            Name = Destroy(resource),
            Description =
                $"Takes down what was deployed to {resource.Target.Title}, but for its data unless Deployment:DeleteData says so.",
            Action = RequestedStep.Guard(
                Destroy(resource),
                context => DestroyAsync(context, resource, deployment),
                Destroy(resource),
                WellKnownPipelineSteps.Destroy
            ),
            DependsOnSteps = [WellKnownPipelineSteps.DestroyPrereq],
            RequiredBySteps = [WellKnownPipelineSteps.Destroy],
            Resource = resource,
        };
    }

    /// <summary>
    /// Has the application's own images built before a target is deployed to, under the plan's names, and none before it is known that all
    /// that are deployed to now can be.
    /// </summary>
    internal static void BuildImagesFirst(PipelineConfigurationContext context, TargetResource target)
    {
        var deploying = context.Steps.Where(step => step.Name == Deploy(target) || step.Name == DryRun(target)).ToList();
        if (deploying.Count == 0)
            return;
        var requested = RequestedStep.In(context.Services);
        var isRequested = requested == WellKnownPipelineSteps.Deploy || deploying.Any(step => step.Name == requested);
        var project = context.Services.GetRequiredService<AppHostProject>().Options(context.Services.GetRequiredService<IConfiguration>());
        foreach (
            var resource in context.Model.Resources.Where(resource =>
                !resource.IsExcludedFromPublish() && IsBuilt(resource) && !DeployedResources.IsKeptOut(resource, target.Name)
            )
        )
        {
            var image = $"{project.Application}-{resource.Name.ToLowerInvariant()}";
            resource.Annotations.Add(
                new ContainerBuildOptionsCallbackAnnotation(options =>
                    (options.LocalImageName, options.LocalImageTag) = (image, project.Version)
                )
            );
            // Aspire 13.6 names what a Dockerfile builds by the annotation alone.
            if (resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var dockerfile))
                (dockerfile.ImageName, dockerfile.ImageTag) = (image, project.Version);
            var build = $"build-{resource.Name}";
            foreach (var step in deploying)
                step.DependsOn(build);
            foreach (var step in context.Steps.Where(step => isRequested && step.Name == build))
                step.DependsOn(Prepare(target));
        }
    }

    private static bool IsBuilt(IResource resource) =>
        resource is ProjectResource and not GatewayResource || resource.HasAnnotationOfType<DockerfileBuildAnnotation>();

    private static async Task PrepareAsync(PipelineStepContext context, TargetResource resource, ScriptedDeployment deployment)
    {
        var folder = Published(context, resource, deployment.DeployScript);
        await RunAsync(context, [deployment.DeployScript, "--check"], folder);
        var plan = await context.Services.GetRequiredService<PublishedPlan>().GetAsync(resource, context.CancellationToken);
        var missing = new SuppliedValues(context.Services.GetRequiredService<IConfiguration>()).Supply(folder, plan, deployment);
        if (
            missing.Count > 0
            && !Console.IsInputRedirected
            && !StepOutput.IsShownElsewhere(context.Services.GetRequiredService<IConfiguration>())
            && await context
                .Services.GetRequiredService<ICommands>()
                .RunAsync(["sh", $"./{deployment.SecretsScript}"], folder, null, context.CancellationToken) == 0
        )
            missing = [];
        if (missing.Count > 0)
            throw new DistributedApplicationException($"{resource.Target.Title} needs {string.Join("; ", missing)}");
    }

    private static async Task DeployAsync(PipelineStepContext context, TargetResource resource, ScriptedDeployment deployment)
    {
        var (plan, folder) = await DeployedPlan.PublishAsync(context, resource, isDryRun: false);
        var settings = Path.Combine(folder, deployment.Settings);
        if (File.Exists(settings))
        {
            foreach (var remark in deployment.Remarks(await File.ReadAllTextAsync(settings, context.CancellationToken), plan))
                context.Warn(remark);
        }
        await RunAsync(context, [deployment.DeployScript], folder);
        if (deployment.IsServedAsDeclared && plan.Gateway is { } gateway)
            context.Summary.Add(gateway.Name, Address(gateway, plan, settings, deployment.SettingsAreQuoted));
    }

    private static async Task DryRunAsync(PipelineStepContext context, TargetResource resource, ScriptedDeployment deployment)
    {
        var (_, folder) = await DeployedPlan.PublishAsync(context, resource, isDryRun: true);
        await RunAsync(context, [deployment.DeployScript, "--dry-run"], folder);
    }

    private static async Task DestroyAsync(PipelineStepContext context, TargetResource resource, ScriptedDeployment deployment)
    {
        var deletesData = context.Services.GetRequiredService<IConfiguration>().GetValue<bool>("Deployment:DeleteData");
        await RunAsync(
            context,
            [deployment.DestroyScript, .. deletesData ? (string[])["--volumes"] : []],
            Published(context, resource, deployment.DestroyScript)
        );
    }

    private static string Published(PipelineStepContext context, TargetResource resource, string script)
    {
        var folder = context.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory(resource);
        return File.Exists(Path.Combine(folder, script))
            ? folder
            : throw new DistributedApplicationException(
                $"There is no {script} in {folder}: say with --output-path where {resource.Name} was published."
            );
    }

    private static async Task RunAsync(PipelineStepContext context, string[] script, string folder)
    {
        var complaint = "it says nothing";
        var code = await context
            .Services.GetRequiredService<ICommands>()
            .RunAsync(
                ["sh", $"./{script[0]}", .. script[1..]],
                folder,
                (line, isError) =>
                {
                    if (isError)
                        complaint = line;
                    context.Tell(line);
                },
                context.CancellationToken
            );
        if (code != 0)
            throw new DistributedApplicationException(complaint);
    }

    private static string Address(PublicGateway gateway, DeploymentPlan plan, string settings, bool isQuoted)
    {
        var host = gateway.Host.Render(part =>
            part switch
            {
                ParameterReference parameter => EditedSettings.Get(
                    File.ReadAllText(settings),
                    Setting.NameFor(parameter.Parameter),
                    isQuoted
                )
                    is { Length: > 0 } chosen
                    ? chosen
                    : plan.Parameters.First(each => each.Name == parameter.Parameter).Default ?? "",
                _ => part.ToString(),
            }
        );
        var (scheme, port, usual) = gateway.IsHttps ? ("https", gateway.HttpsPort, 443) : ("http", gateway.HttpPort, 80);
        return port == usual ? $"{scheme}://{host}" : $"{scheme}://{host}:{port}";
    }
}
