using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AspireDeploy.Mistakes;

/// <summary>
/// Warns who asks for Aspire's plain manifest, as azd does: it has no words for waits, probes, limits and restarts, and azd deploys without
/// them.
/// </summary>
internal static class ManifestWarning
{
    // Aspire's own step, which has no well-known name.
    private const string PublishManifest = "publish-manifest";
    private const string Step = "check-manifest-target";

    /// <summary>Has it looked at when a manifest is asked for.</summary>
    internal static void AddTo(IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsPublishMode || builder.Services.Any(static service => service.ServiceType == typeof(Added)))
            return;
        builder.Services.AddSingleton<Added>();
        builder.Pipeline.AddStep(
            new()
            {
                Name = Step,
                Description = "Finds out whether a target describes what is declared to azd.",
                Action = Warn,
            }
        );
        builder.Pipeline.AddPipelineConfiguration(static context =>
        {
            foreach (var step in context.Steps.Where(static step => step.Name == PublishManifest))
                step.DependsOn(Step);
            return Task.CompletedTask;
        });
    }

    private static Task Warn(PipelineStepContext context)
    {
        if (context.Services.GetRequiredService<IOptions<PipelineOptions>>().Value.Step != PublishManifest)
            return Task.CompletedTask;
        if (context.Model.Resources.Any(static resource => resource.HasAnnotationOfType<DescribesManifestAnnotation>()))
            return Task.CompletedTask;
        const string Text =
            "This manifest is Aspire's plain one. azd deploys by it without what it has no words for: "
            + "what waits for what, probes, limits of memory, restarts, replicas. Declare builder.AddAzureContainerAppsTarget(), "
            + "and it has them.";
        context.ReportingStep.Log(LogLevel.Warning, Text);
        if (context.Services.GetRequiredService<IConfiguration>()["ASPIRE_BACKCHANNEL_PATH"] is not { Length: > 0 })
            Console.Error.WriteLine($"warning: {Text}");
        return Task.CompletedTask;
    }

    private sealed class Added;
}

/// <summary>Marks a target that describes everything in the manifest itself.</summary>
internal sealed class DescribesManifestAnnotation : IResourceAnnotation;
