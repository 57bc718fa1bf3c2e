using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireDeploy.Plan;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Deploying;

/// <summary>
/// <c>deploy-NAME</c> and <c>destroy-NAME</c>: builds projects' images, says in the settings which they are, supplies what the configuration has, and runs the published scripts, whose lines
/// are its progress.
/// </summary>
internal static class DeploySteps
{
    internal static string Deploy(TargetResource resource) => $"deploy-{resource.Name}";

    internal static string Destroy(TargetResource resource) => $"destroy-{resource.Name}";

    internal static IEnumerable<PipelineStep> Of(TargetResource resource, ScriptedDeployment deployment) =>
    [
        new()
        {
            Name = Deploy(resource),
            Description = $"Deploys to {resource.Target.Title}: images, secrets, and what runs before what.",
            Action = context => DeployAsync(context, resource, deployment),
            DependsOnSteps = [TargetSteps.Publish(resource), WellKnownPipelineSteps.DeployPrereq],
            RequiredBySteps = [WellKnownPipelineSteps.Deploy],
            Resource = resource,
        },
        new()
        {
            Name = Destroy(resource),
            Description = $"Takes down what was deployed to {resource.Target.Title}, but for its data unless Deployment:DeleteData says so.",
            Action = context => DestroyAsync(context, resource, deployment),
            DependsOnSteps = [WellKnownPipelineSteps.DestroyPrereq],
            RequiredBySteps = [WellKnownPipelineSteps.Destroy],
            Resource = resource,
        },
    ];

    /// <summary>Has the projects' images built before a target is deployed to, under the plan's names.</summary>
    internal static void BuildImagesFirst(PipelineConfigurationContext context, TargetResource target)
    {
        if (context.Steps.FirstOrDefault(step => step.Name == Deploy(target)) is not { } deploy) return;
        var project = context.Services.GetRequiredService<AppHostProject>().Options(context.Services.GetRequiredService<IConfiguration>());
        foreach (var resource in context.Model.Resources.OfType<ProjectResource>().Where(static resource => resource is not GatewayResource && !resource.IsExcludedFromPublish()))
        {
            resource.Annotations.Add(new ContainerBuildOptionsCallbackAnnotation(options =>
            {
                options.LocalImageName = $"{project.Application}-{resource.Name.ToLowerInvariant()}";
                options.LocalImageTag = project.Version;
            }));
            deploy.DependsOn($"build-{resource.Name}");
        }
    }

    private static async Task DeployAsync(PipelineStepContext context, TargetResource resource, ScriptedDeployment deployment)
    {
        var plan = await context.Services.GetRequiredService<PublishedPlan>().GetAsync(context.CancellationToken);
        var folder = context.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory(resource);
        var commands = context.Services.GetRequiredService<ICommands>();
        await SetImagesAsync(context, resource, deployment, plan, folder);
        var missing = new SuppliedValues(context.Services.GetRequiredService<IConfiguration>()).Supply(folder, plan, deployment);
        if (missing.Count > 0 && !Console.IsInputRedirected && (await commands.RunAsync(["sh", $"./{deployment.SecretsScript}"], folder, null, context.CancellationToken)) == 0) missing = [];
        if (missing.Count > 0) throw new DistributedApplicationException($"{resource.Target.Title} needs {string.Join("; ", missing)}");
        await RunAsync(context, commands, ["sh", $"./{deployment.DeployScript}"], folder);
        if (plan.Edge is { } edge) context.Summary.Add(edge.Name, Address(edge, plan, Path.Combine(folder, deployment.Settings)));
    }

    private static async Task SetImagesAsync(PipelineStepContext context, TargetResource resource, ScriptedDeployment deployment, DeploymentPlan plan, string folder)
    {
        var images = new DeployedImage(context.Services.GetRequiredService<ICommands>());
        foreach (var workload in plan.Workloads)
        {
            if (workload.Image is not ProjectImage) continue;
            var (name, isNew) = await images.TagAsync(workload.Image.ToString()!, resource.Registry, context.CancellationToken);
            context.ReportingStep.Log(LogLevel.Information, $"{workload.Name} runs {name}{(isNew ? "" : ", which is there already")}");
            var settings = Path.Combine(folder, deployment.Settings);
            await File.WriteAllTextAsync(settings, SettingsFile.Set(await File.ReadAllTextAsync(settings, context.CancellationToken), deployment.ImageSetting(workload), name), context.CancellationToken);
        }
    }

    private static async Task DestroyAsync(PipelineStepContext context, TargetResource resource, ScriptedDeployment deployment)
    {
        var folder = context.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory(resource);
        if (!File.Exists(Path.Combine(folder, deployment.DestroyScript)))
            throw new DistributedApplicationException($"There is no {deployment.DestroyScript} in {folder}: say with --output-path where {resource.Name} was published.");
        var deletesData = context.Services.GetRequiredService<IConfiguration>().GetValue<bool>("Deployment:DeleteData");
        await RunAsync(context, context.Services.GetRequiredService<ICommands>(), ["sh", $"./{deployment.DestroyScript}", .. deletesData ? (string[])["--volumes"] : []], folder);
    }

    private static async Task RunAsync(PipelineStepContext context, ICommands commands, string[] command, string folder)
    {
        var complaint = "it says nothing";
        var code = await commands.RunAsync(command, folder, (line, isError) =>
        {
            if (isError) complaint = line;
            context.ReportingStep.Log(LogLevel.Information, line);
        }, context.CancellationToken);
        if (code != 0) throw new DistributedApplicationException(complaint);
    }

    private static string Address(Edge edge, DeploymentPlan plan, string settings)
    {
        var host = edge.Host.Render(part => part switch
        {
            ParameterReference parameter => SettingsFile.Get(File.ReadAllText(settings), Targets.Docker.DockerSettings.NameFor(parameter.Parameter)) is { Length: > 0 } chosen ? chosen
                : plan.Parameters.First(each => each.Name == parameter.Parameter).Default ?? "",
            _ => part.ToString(),
        });
        var (scheme, port, usual) = edge.IsHttps ? ("https", edge.HttpsPort, 443) : ("http", edge.HttpPort, 80);
        return port == usual ? $"{scheme}://{host}" : $"{scheme}://{host}:{port}";
    }
}
