using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using Aspire.Hosting.Publishing;
using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Reading;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// The manifest that azd asks the AppHost for, with this target: <c>project.v1</c> and <c>container.v1</c> with a Bicep module each, in the
/// target's folder beside the manifest, and the environment as <c>azure.bicep.v0</c>. Parameters stay as Aspire writes them.
/// (https://json.schemastore.org/aspire-8.0.json; Azure/azure-dev, cli/azd/pkg/apphost/manifest.go)
/// </summary>
internal sealed class AzdManifest(AzureContainerAppsTargetResource resource, IServiceProvider services, DistributedApplicationModel model)
{
    private const string ModuleType = "azure.bicep.v0";

    private readonly Lock _lock = new();
    private Task<IReadOnlyDictionary<string, AzureModule>>? _modules;

    private AzureContainerAppsTarget Target => (AzureContainerAppsTarget)resource.Target;

    /// <summary>Has the manifest's entries written from here, unless the target was taken out of the application again.</summary>
    internal void Describe()
    {
        if (!model.Resources.Contains(resource))
            return;
        var deployed = new DeployedResources(model);
        foreach (var described in model.Resources.ToList())
        {
            if (described == resource)
                Write(described, WriteEnvironmentAsync);
            else if (described.IsExcludedFromPublish() || described is ParameterResource)
                continue;
            else if (DeployedResources.IsKeptOut(described, resource.Name))
                Leave(described);
            else if (deployed.Workloads.Contains(described))
                Write(described, context => WriteWorkloadAsync(context, described));
            // What values refer to is in the modules, by value.
            else if (described.HasAnnotationOfType<DockerfileBuildAnnotation>())
                continue;
            else if (
                described is IResourceWithParent or ExternalServiceResource or ExecutableResource
                || described.IsContainer()
                || described is IResourceWithConnectionString and not IResourceWithEndpoints
            )
                Leave(described);
        }
    }

    private static void Leave(IResource described)
    {
        described.Annotations.Add(new DescribedElsewhereAnnotation());
        described.Annotations.Add(ManifestPublishingCallbackAnnotation.Ignore);
    }

    private static void Write(IResource described, Func<ManifestPublishingContext, Task> write) =>
        described.Annotations.Add(new ManifestPublishingCallbackAnnotation(write));

    private async Task WriteEnvironmentAsync(ManifestPublishingContext context)
    {
        context.Writer.WriteString("type", ModuleType);
        WriteModule(context, (await ModulesAsync(context))[resource.Name]);
    }

    private async Task WriteWorkloadAsync(ManifestPublishingContext context, IResource described)
    {
        var module = (await ModulesAsync(context))[described.Name];
        var workload = (await services.GetRequiredService<PublishedPlan>().GetAsync(resource, context.CancellationToken)).WorkloadNamed(
            described.Name
        );
        if (resource.Options.IsManaged(workload))
        {
            context.Writer.WriteString("type", ModuleType);
            WriteModule(context, module);
        }
        else
        {
            context.Writer.WriteString("type", workload.Image is ProjectImage ? "project.v1" : "container.v1");
            if (workload.Image is ImageReference image)
                context.Writer.WriteString("image", image.ToString());
            else if (described.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var built))
                await WriteBuildAsync(context, described, built);
            else
                context.Writer.WriteString(
                    "path",
                    context.GetManifestRelativePath(((ProjectResource)described).Annotations.OfType<IProjectMetadata>().Last().ProjectPath)
                );
            context.Writer.WriteStartObject("deployment");
            context.Writer.WriteString("type", ModuleType);
            WriteModule(context, module);
            context.Writer.WriteEndObject();
        }
        // Parameters that aren't in the model by themselves, such as a password that is made, are then written too.
        var settings = await GatheredSettings.ReadAsync(described, context.ExecutionContext, context.CancellationToken);
        foreach (var value in settings.Variables.Values.Concat(settings.Arguments))
            context.TryAddDependentResources(value);
    }

    // (https://json.schemastore.org/aspire-8.0.json, "container.v1")
    private async Task WriteBuildAsync(ManifestPublishingContext context, IResource described, DockerfileBuildAnnotation built)
    {
        await built.MaterializeDockerfileAsync(
            new()
            {
                Services = services,
                Resource = described,
                CancellationToken = context.CancellationToken,
            },
            context.CancellationToken
        );
        context.Writer.WriteStartObject("build");
        context.Writer.WriteString("context", context.GetManifestRelativePath(built.ContextPath));
        context.Writer.WriteString("dockerfile", context.GetManifestRelativePath(built.DockerfilePath));
        if (built.Stage is { } stage)
            context.Writer.WriteString("stage", stage);
        if (built.BuildArguments.Count > 0)
        {
            context.Writer.WriteStartObject("args");
            foreach (var (name, value) in built.BuildArguments)
                context.Writer.WriteString(name, ExpressionOf(value));
            context.Writer.WriteEndObject();
        }
        context.Writer.WriteEndObject();
    }

    private static string? ExpressionOf(object? value) =>
        value switch
        {
            IManifestExpressionProvider provider => provider.ValueExpression,
            bool flag => flag ? "true" : "false",
            // Whoever builds has it in a variable of that name.
            null => null,
            _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
        };

    private void WriteModule(ManifestPublishingContext context, AzureModule module)
    {
        context.Writer.WriteString("path", $"{resource.Name}/{module.Path}");
        context.Writer.WriteStartObject("params");
        foreach (var (name, argument) in module.Arguments.OrderBy(static argument => argument.Key, StringComparer.Ordinal))
            context.Writer.WriteString(name, argument.Expression);
        context.Writer.WriteEndObject();
    }

    private Task<IReadOnlyDictionary<string, AzureModule>> ModulesAsync(ManifestPublishingContext context)
    {
        lock (_lock)
            return _modules ??= PublishAsync(context);
    }

    private async Task<IReadOnlyDictionary<string, AzureModule>> PublishAsync(ManifestPublishingContext context)
    {
        var (plan, publication) = await CheckAsync(services, resource, context.CancellationToken);
        OutputFolder.Write(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(context.ManifestPath))!, resource.Name), publication.Files);
        return Target.Modules(plan).ToDictionary(static module => module.Resource, StringComparer.Ordinal);
    }

    /// <summary>Makes what the manifest needs of the target, and compares the order in <c>azure.yaml</c>.</summary>
    /// <exception cref="PlanException">Something can't be carried, or azd would deploy something before what it waits for.</exception>
    internal static async Task<(DeploymentPlan Plan, Publication Publication)> CheckAsync(
        IServiceProvider services,
        AzureContainerAppsTargetResource resource,
        CancellationToken cancellationToken
    )
    {
        var published = services.GetRequiredService<PublishedPlan>();
        var plan = await published.GetAsync(resource, cancellationToken);
        var publication = Publication.Create(plan, resource.Target, published.AllowedLosses);
        if (
            !AzdDown.Asks(services.GetRequiredService<IConfiguration>())
            && services.GetRequiredService<AppHostProject>().Find("azure.yaml") is { } file
            && AzdWorkflow.Check(File.ReadAllText(file), plan, resource.Options) is { } error
        )
            throw new PlanException([error with { Path = file }]);
        return (plan, publication);
    }
}

/// <summary>Makes the manifest the target's.</summary>
internal static class AzdManifestBuilderExtensions
{
    // Aspire's own step, which has no well-known name. It opens the manifest's file before it asks for the entries: what is refused later
    // would leave half of one.
    private const string PublishManifest = "publish-manifest";

    internal static IResourceBuilder<AzureContainerAppsTargetResource> WithAzdManifest(
        this IResourceBuilder<AzureContainerAppsTargetResource> builder
    )
    {
        // As with the other steps: a run has none.
        if (!builder.ApplicationBuilder.ExecutionContext.IsPublishMode)
            return builder;
        var isDown = AzdDown.Asks(builder.ApplicationBuilder.Configuration);
        builder.ApplicationBuilder.Eventing.Subscribe<BeforeStartEvent>(
            async (started, cancellationToken) =>
            {
                // To take away what is there, azd needs a manifest, and none that can be deployed.
                if (isDown && await IsRefusedAsync(started.Services, builder.Resource, cancellationToken))
                    return;
                new AzdManifest(builder.Resource, started.Services, started.Model).Describe();
            }
        );
        var check = $"check-manifest-{builder.Resource.Name}";
        return builder
            .WithPipelineStepFactory(_ => new PipelineStep
            {
                Name = check,
                Description = "Finds out whether the manifest for azd can carry everything that is declared.",
                Action = context =>
                    isDown
                        ? Task.CompletedTask
                        : PlainRefusal.RunAsync(context, () =>
                            AzdManifest.CheckAsync(context.Services, builder.Resource, context.CancellationToken)
                        ),
                DependsOnSteps = isDown ? [] : [StepNames.CheckDeclaration],
            })
            .WithPipelineConfiguration(context =>
            {
                foreach (var step in context.Steps.Where(static step => step.Name == PublishManifest))
                    step.DependsOn(check);
            });
    }

    private static async Task<bool> IsRefusedAsync(
        IServiceProvider services,
        AzureContainerAppsTargetResource resource,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await AzdManifest.CheckAsync(services, resource, cancellationToken);
            return false;
        }
        catch (PlanException)
        {
            return true;
        }
    }
}
