using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Publishing;

/// <summary>
/// Tells a person what a step does: the <c>aspire</c> command shows what steps report; where nothing but the AppHost runs, Aspire 13.6
/// shows it nowhere, and it is written to the terminal.
/// </summary>
internal static class StepOutput
{
    /// <summary>Tells a line, or several.</summary>
    internal static void Tell(this PipelineStepContext context, string text)
    {
        context.ReportingStep.Log(LogLevel.Information, text);
        if (!IsShownElsewhere(context.Services.GetRequiredService<IConfiguration>()))
            Console.Out.WriteLine(text);
    }

    /// <summary>Tells what deserves attention.</summary>
    internal static void Warn(this PipelineStepContext context, string text)
    {
        context.ReportingStep.Log(LogLevel.Warning, text);
        if (!IsShownElsewhere(context.Services.GetRequiredService<IConfiguration>()))
            Console.Out.WriteLine($"warning: {text}");
    }

    /// <summary>
    /// Returns whether the <c>aspire</c> command runs the AppHost, shows what its steps report, and ends with a code of its own.
    /// </summary>
    internal static bool IsShownElsewhere(IConfiguration configuration) => configuration["ASPIRE_BACKCHANNEL_PATH"] is { Length: > 0 };
}
