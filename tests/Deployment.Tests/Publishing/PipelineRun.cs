using AspireDeploy.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace AspireDeploy.Tests.Publishing;

/// <summary>Runs an application that publishes. Aspire's host ends as if nothing had happened where a step fails.</summary>
internal static class PipelineRun
{
    /// <summary>Runs it to its end.</summary>
    /// <exception cref="DistributedApplicationException">A step failed: the message is the lines that a person is told.</exception>
    internal static async Task EndAsync(DistributedApplication application)
    {
        await application.RunAsync(TestContext.Current.CancellationToken);
        if (application.Services.GetService<FailureReporter>()?.Lines is { Count: > 0 } lines)
            throw new DistributedApplicationException(string.Join('\n', lines));
    }
}
