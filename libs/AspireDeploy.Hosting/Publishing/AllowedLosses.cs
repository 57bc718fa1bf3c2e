using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;
using AspireDeploy.Reports;
using AspireDeploy.Targets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;

namespace AspireDeploy.Publishing;

/// <summary>
/// The losses that a person lets through: <c>--allow-loss api.memory</c>, as often as there are some, or <c>Pipeline:AllowLoss:0</c> and so
/// on in the configuration.
/// </summary>
internal static class AllowedLosses
{
    private const string Option = "--allow-loss";

    /// <summary>Reads them. Aspire's own reading of the command line keeps the last of several alone.</summary>
    internal static IReadOnlyCollection<string> In(IConfiguration configuration)
    {
        var sources = configuration is IConfigurationManager manager
            ? manager.Sources.OfType<CommandLineConfigurationSource>().Select(static source => source.Args)
            : [];
        var configured = configuration.GetSection("Pipeline:AllowLoss").GetChildren().Select(static loss => loss.Value).OfType<string>();
        return [.. sources.SelectMany(static args => On([.. args])).Concat(configured).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Finds those that aren't lost on any of the application's targets: a mistake in writing lets nothing through unnoticed.
    /// </summary>
    internal static IReadOnlyList<PlanError> Check(
        IReadOnlyCollection<string> allowed,
        DeploymentPlan plan,
        DistributedApplicationModel model
    )
    {
        if (allowed.Count == 0)
            return [];
        string[] lost =
        [
            .. model
                .Resources.OfType<TargetResource>()
                .SelectMany(resource => Lost(plan, resource.Target))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        var known =
            lost.Length == 0
                ? "nothing is lost on any target, so there is nothing to allow"
                : $"no target loses that; what is lost, and can be allowed, is {string.Join(", ", lost)}";
        return [.. allowed.Except(lost, StringComparer.Ordinal).Select(key => new PlanError($"{Option} {key}", known))];
    }

    private static IEnumerable<string> Lost(DeploymentPlan plan, ITarget target) =>
        target.Check(target.Fit(plan)).Count > 0
            ? []
            : DeploymentReport
                .Create(target.Fit(plan), target, [])
                .Rows.Where(row =>
                    row.Result.Outcome is Unsupported
                    && !plan.Exclusions.Any(exclusion => exclusion.Target == target.Name && exclusion.Resource == row.Result.Resource)
                )
                .Select(static row => row.Result.Key);

    private static IEnumerable<string> On(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == Option && i + 1 < args.Length)
                yield return args[++i];
            else if (args[i].StartsWith($"{Option}=", StringComparison.Ordinal))
                yield return args[i][(Option.Length + 1)..];
        }
    }
}
