using Aspire.Hosting;
using Aspire.Hosting.Pipelines;
using AspireDeploy.Deploying;
using AspireDeploy.Mistakes;
using AspireDeploy.Publishing;
using AspireDeploy.Starting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Pipeline;

/// <summary>Prepares an AppHost with targets for being published: what is the same for all targets, added with the first.</summary>
internal static class PublishingRun
{
    private const string Inner = "AspireDeploy";

    internal static void AddTo(IDistributedApplicationBuilder builder)
    {
        MistakeLine.Show();
        if (!builder.ExecutionContext.IsPublishMode || builder.Services.Any(static service => service.ServiceType == typeof(PublishedPlan)))
            return;
        StartArguments.RefuseMisspelt(StartArguments.Read(builder));
        StartArguments.RefuseEmpty(StartArguments.Read(builder));
        var services = builder.Services;
        services.AddSingleton(AppHostProject.For(builder));
        services.AddSingleton<PublishedPlan>();
        services.TryAddSingleton<ICommands, Commands>();
        // Aspire 13.6 runs every step where none is named, and that deploys and destroys.
        services.PostConfigure<PipelineOptions>(static options =>
            options.Step = options.Step is { Length: > 0 } step ? step : WellKnownPipelineSteps.Publish
        );
        // Aspire 13.6 asks questions, and waits for the answers, even where no aspire command is there to show them.
        if (!StepOutput.IsShownElsewhere(builder.Configuration))
            builder.Configuration["ASPIRE_INTERACTIVITY_ENABLED"] = "false";
        SetAside<IPipelineActivityReporter>(services);
        services.AddSingleton(static provider => new FailureReporter(
            provider.GetRequiredKeyedService<IPipelineActivityReporter>(Inner),
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<AppHostProject>(),
            () =>
                RequestedStep.In(provider) == WellKnownPipelineSteps.Publish
                    ? provider.GetRequiredService<PublishedPlan>().TellWritten()
                    : null
        ));
        services.AddSingleton<IPipelineActivityReporter>(static provider => provider.GetRequiredService<FailureReporter>());
        if (!builder.Configuration.GetValue<bool>("Pipeline:IncludeExceptionDetails"))
        {
            SetAside<ILoggerFactory>(services);
            services.AddSingleton<ILoggerFactory>(static provider => new FailureLog(
                provider.GetRequiredKeyedService<ILoggerFactory>(Inner)
            ));
        }
        builder.Pipeline.AddStep(
            new()
            {
                Name = StepNames.CheckDeclaration,
                Description = "Finds out whether what is declared can be deployed at all.",
                Action = static context =>
                    PlainRefusal.RunAsync(context, () =>
                        context.Services.GetRequiredService<PublishedPlan>().GetAsync(context.CancellationToken)
                    ),
            }
        );
        NamedTarget.AddTo(builder.Pipeline);
    }

    /// <summary>
    /// Leaves Aspire's <c>process-parameters</c> out of the application's own steps: publishing needs no value, and deploying takes them
    /// from the target's folder too. Other packages' steps keep it.
    /// </summary>
    internal static void LeaveOutParameters(PipelineConfigurationContext context)
    {
        var own = context.Steps.Where(IsOwn).Select(static step => step.Name).ToHashSet(StringComparer.Ordinal);
        var requested = RequestedStep.In(context.Services);
        if (
            requested is not (WellKnownPipelineSteps.Publish or WellKnownPipelineSteps.Deploy or WellKnownPipelineSteps.Destroy)
            && !own.Contains(requested ?? "")
        )
            return;
        var parameters = context.Steps.FirstOrDefault(static step => step.Name == WellKnownPipelineSteps.ProcessParameters);
        foreach (
            var first in context.Steps.Where(static step =>
                step.Name
                    is WellKnownPipelineSteps.PublishPrereq
                        or WellKnownPipelineSteps.DeployPrereq
                        or WellKnownPipelineSteps.BuildPrereq
            )
        )
        {
            if (
                first.Name != WellKnownPipelineSteps.BuildPrereq
                && context.Steps.Any(step => step.DependsOnSteps.Contains(first.Name) && !own.Contains(step.Name))
            )
                continue;
            parameters?.RequiredBySteps.Remove(first.Name);
            first.DependsOnSteps.Remove(WellKnownPipelineSteps.ProcessParameters);
        }
    }

    private static bool IsOwn(PipelineStep step) =>
        step.Resource is Targets.TargetResource || step.Name is StepNames.CheckDeclaration or NamedTarget.Step;

    // What is registered stays, under a key, for what is registered in its place to use.
    private static void SetAside<T>(IServiceCollection services)
        where T : class
    {
        var service = services.Last(static service => service.ServiceType == typeof(T) && !service.IsKeyedService);
        services.Remove(service);
        services.Add(
            service switch
            {
                { ImplementationInstance: { } instance } => ServiceDescriptor.KeyedSingleton(typeof(T), Inner, instance),
                { ImplementationFactory: { } factory } => ServiceDescriptor.KeyedSingleton(typeof(T), Inner, (provider, _) =>
                    factory(provider)
                ),
                _ => ServiceDescriptor.KeyedSingleton(typeof(T), Inner, service.ImplementationType!),
            }
        );
    }
}
