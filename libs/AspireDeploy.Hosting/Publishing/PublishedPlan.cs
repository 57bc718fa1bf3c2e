using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Plan;
using AspireDeploy.Planning;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.Publishing;

/// <summary>The application's plan, made once however many targets are written from it.</summary>
internal sealed class PublishedPlan(DistributedApplicationModel model, DistributedApplicationExecutionContext execution, IConfiguration configuration, AppHostProject appHost)
{
    private readonly Lock _lock = new();
    private Task<DeploymentPlan>? _plan;

    /// <summary>The plan.</summary>
    /// <exception cref="PlanException">Something in the declaration can't be deployed.</exception>
    internal Task<DeploymentPlan> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return _plan ??= PlanBuilder.BuildAsync(model, execution, appHost.Options(configuration), cancellationToken);
    }

    /// <summary>The losses that <c>--allow-loss</c> lets through: <c>api.memory</c>.</summary>
    internal IReadOnlyCollection<string> AllowedLosses => [.. configuration.GetSection("Pipeline:AllowLoss").GetChildren().Select(static loss => loss.Value).OfType<string>()];
}
