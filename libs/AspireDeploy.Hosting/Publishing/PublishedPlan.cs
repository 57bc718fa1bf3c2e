using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;
using AspireDeploy.Reading;
using AspireDeploy.Targets;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.Publishing;

/// <summary>The application's plan, made once however many targets are written from it.</summary>
internal sealed class PublishedPlan(
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext execution,
    IConfiguration configuration,
    AppHostProject appHost
)
{
    private readonly Lock _lock = new();
    private Task<DeploymentPlan>? _plan;

    /// <summary>The plan.</summary>
    /// <exception cref="PlanException">Something in the declaration can't be deployed.</exception>
    internal Task<DeploymentPlan> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _plan ??= BuildAsync(cancellationToken);
    }

    /// <summary>The plan of a target: without what is kept out of it.</summary>
    /// <exception cref="PlanException">Something in the declaration can't be deployed, or needs what is kept out of the target.</exception>
    internal async Task<DeploymentPlan> GetAsync(TargetResource target, CancellationToken cancellationToken) =>
        TargetPlan.Create(await GetAsync(cancellationToken), target.Name);

    /// <summary>The losses that <c>--allow-loss</c> lets through: <c>api.memory</c>.</summary>
    internal IReadOnlyCollection<string> AllowedLosses { get; } = Publishing.AllowedLosses.In(configuration);

    private async Task<DeploymentPlan> BuildAsync(CancellationToken cancellationToken)
    {
        var plan = await PlanBuilder.BuildAsync(model, execution, appHost.Options(configuration), cancellationToken);
        return Publishing.AllowedLosses.Check(AllowedLosses, plan, model) is { Count: > 0 } unknown
            ? throw new PlanException(unknown)
            : plan;
    }
}
