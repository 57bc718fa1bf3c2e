using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AspireDeploy.Publishing;

/// <summary>
/// Holds a step back unless somebody asked for it by name. Aspire 13.6 runs every step of the pipeline where none is named, and a step runs
/// too where another one depends on it; what deploys or destroys must not run for either reason.
/// </summary>
internal static class RequestedStep
{
    /// <summary>Gets the step that was asked for, with <c>--step</c> or by the <c>aspire</c> command; null if none was.</summary>
    internal static string? In(IServiceProvider services) =>
        services.GetRequiredService<IOptions<PipelineOptions>>().Value.Step is { Length: > 0 } step ? step : null;

    /// <summary>Returns an action that does nothing, and says so, unless one of some steps was asked for.</summary>
    /// <param name="name">The step whose action it is.</param>
    /// <param name="action">What it does.</param>
    /// <param name="requested">The steps that ask for it.</param>
    internal static Func<PipelineStepContext, Task> Guard(string name, Func<PipelineStepContext, Task> action, params string[] requested) =>
        context =>
        {
            if (In(context.Services) is { } step && requested.Contains(step, StringComparer.Ordinal))
                return action(context);
            context.Tell($"{name} does nothing: it wasn't asked for by name (aspire do {requested[0]}).");
            return Task.CompletedTask;
        };
}
