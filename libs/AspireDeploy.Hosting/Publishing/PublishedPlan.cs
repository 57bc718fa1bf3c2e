using System.Collections.Concurrent;
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
    private readonly ConcurrentBag<string> _written = [];
    private Task<DeploymentPlan>? _plan;

    /// <summary>Returns the plan.</summary>
    /// <exception cref="PlanException">Something in the declaration can't be deployed.</exception>
    internal Task<DeploymentPlan> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _plan ??= BuildAsync(cancellationToken);
    }

    /// <summary>Returns the plan of a target: without what is kept out of it.</summary>
    /// <exception cref="PlanException">Something in the declaration can't be deployed, or needs what is kept out of the target.</exception>
    internal async Task<DeploymentPlan> GetAsync(TargetResource target, CancellationToken cancellationToken) =>
        target.Target.Fit(TargetPlan.Create(await GetAsync(cancellationToken), target.Name));

    /// <summary>Notes that a target's files were written.</summary>
    internal void Wrote(TargetResource target) => _written.Add(target.Name);

    /// <summary>Returns which targets were written and which weren't, in a line; null where there is nothing to tell apart.</summary>
    internal string? TellWritten()
    {
        var targets = model.Resources.OfType<TargetResource>().Select(static target => target.Name).Order(StringComparer.Ordinal);
        var groups = targets.ToLookup(name => _written.Contains(name));
        var (written, others) = (groups[true].ToList(), groups[false].ToList());
        return written.Count > 0 && others.Count > 0
            ? $"{string.Join(", ", others)} {Was(others)}n't written; {string.Join(", ", written)} {Was(written)}"
            : null;

        static string Was(List<string> names) => names.Count > 1 ? "were" : "was";
    }

    /// <summary>Gets the losses that <c>--allow-loss</c> lets through: <c>api.memory</c>.</summary>
    internal IReadOnlyCollection<string> AllowedLosses { get; } = Publishing.AllowedLosses.In(configuration);

    private async Task<DeploymentPlan> BuildAsync(CancellationToken cancellationToken)
    {
        var plan = await PlanBuilder.BuildAsync(model, execution, appHost.Options(configuration), cancellationToken);
        return Publishing.AllowedLosses.Check(AllowedLosses, plan, model) is { Count: > 0 } unknown
            ? throw new PlanException(unknown)
            : plan;
    }
}
