using Aspire.Hosting.Pipelines;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Reads from the command line what the AppHost was started for.</summary>
internal static class AppHostOperation
{
    private const string StepKey = "Pipeline:Step";
    private const string Manifest = "manifest";

    /// <summary>Reads it. <c>--publisher manifest</c>, which azd writes, is short for <c>--operation publish --step publish-manifest</c>.</summary>
    /// <exception cref="DistributedApplicationException">An operation or publisher is unknown, or a step is to run where none can.</exception>
    public static DistributedApplicationExecutionContextOptions Read(IConfigurationManager configuration)
    {
        var publisher = configuration["Publishing:Publisher"];
        if (publisher is not null && !publisher.Equals(Manifest, StringComparison.OrdinalIgnoreCase))
        {
            throw new DistributedApplicationException($"Publisher '{publisher}' is unknown. The one publisher is '{Manifest}'; everything else is a step: '--operation publish --step NAME'.");
        }

        var operation = configuration["AppHost:Operation"] ?? (publisher is null ? "run" : "publish");
        switch (operation.ToUpperInvariant())
        {
            case "PUBLISH":
                configuration[StepKey] ??= publisher is null ? WellKnownPipelineSteps.Publish : ManifestStep.Name;
                return new(DistributedApplicationOperation.Publish, publisher ?? Manifest);
            case "RUN" when configuration[StepKey] is { } step:
                throw new DistributedApplicationException($"Step '{step}' runs only when publishing. Add '--operation publish'.");
            case "RUN":
                return new(DistributedApplicationOperation.Run);
            default:
                throw new DistributedApplicationException($"Operation '{operation}' is unknown. Operations are 'run' and 'publish'.");
        }
    }
}
