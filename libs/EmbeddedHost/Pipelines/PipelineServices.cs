using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>What an application that is published is run with: nothing that starts or watches anything.</summary>
internal static class PipelineServices
{
    public static void AddPipeline(this HostApplicationBuilder host, IDistributedApplicationPipeline pipeline)
    {
        var services = host.Services;
        services.AddSingleton(pipeline);
        services.AddOptions<PipelineOptions>().Configure<IConfiguration>(Read);
        services.AddSingleton<IPipelineOutputService, PipelineOutputService>();
        services.AddSingleton<IContainerRuntimeResolver, ContainerRuntimeResolver>();
        services.AddSingleton<IResourceContainerImageManager, ResourceContainerImageManager>();
    }

    public static void AddPipelineRun(this HostApplicationBuilder host)
    {
        var services = host.Services;
        services.AddSingleton<PipelineRun>();
        services.AddHostedService(s => s.GetRequiredService<PipelineRun>());
        services.AddSingleton<IActivityLog>(s => new TerminalActivityLog(Console.Out, !Console.IsOutputRedirected, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ActivityReporter>();
        services.AddSingleton<IPipelineActivityReporter>(s => s.GetRequiredService<ActivityReporter>());
        services.AddSingleton(StepLogging.Of(host.Configuration));
        host.Logging.ClearProviders();
        host.Logging.AddFilter("Microsoft", LogLevel.Warning);
        services.AddSingleton<ILoggerProvider, StepLoggerProvider>();
        host.Logging.SetMinimumLevel(LogLevel.Trace);
    }

    private static void Read(PipelineOptions options, IConfiguration configuration)
    {
        options.Step = configuration["Pipeline:Step"];
        options.OutputPath = configuration["Pipeline:OutputPath"];
        options.LogLevel = configuration["Pipeline:LogLevel"];
        options.ClearCache = IsSet("Pipeline:ClearCache");
        options.SkipConfirmation = IsSet("Pipeline:SkipConfirmation");

        bool IsSet(string key) => bool.TryParse(configuration[key], out var set) && set;
    }
}
