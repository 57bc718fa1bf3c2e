using Aspire.Hosting;
using Aspire.Hosting.Pipelines;
using AspireDeploy.Model;
using Microsoft.Extensions.DependencyInjection;

namespace AspireDeploy.Publishing;

/// <summary>Turns what a plan is refused for into a step's failure, one line for each reason.</summary>
internal static class PlainRefusal
{
    /// <summary>Runs something that may refuse the plan.</summary>
    /// <exception cref="DistributedApplicationException">It did: the message is the last reason, and those before it have been
    /// told.</exception>
    internal static async Task<T> RunAsync<T>(PipelineStepContext context, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (PlanException refused)
        {
            foreach (var error in refused.Errors.Take(refused.Errors.Count - 1))
                context.Services.GetRequiredService<FailureReporter>().Tell(context.ReportingStep, error.ToString());
            throw new DistributedApplicationException(refused.Errors[^1].ToString(), refused);
        }
    }
}
