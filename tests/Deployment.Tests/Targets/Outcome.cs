using AspireDeploy.Model;
using AspireDeploy.Targets;

namespace AspireDeploy.Tests.Targets;

/// <summary>Describes what a target does with a concept, as a test compares it: whole.</summary>
internal static class Outcome
{
    /// <summary>
    /// Returns the outcome of a concept by its key, such as <c>api.readiness</c>, of a plan that the target publishes or refuses.
    /// </summary>
    internal static string Of(ITarget target, DeploymentPlan plan, string key) =>
        target.Concepts.Judge(PlanValidation.Sound(plan)).Single(result => result.Key == key).Outcome switch
        {
            Supported supported => $"supported: {supported.Mechanism}",
            Weakened weakened => $"weakened: {weakened.Mechanism}. {weakened.What}. Remedy: {weakened.Remedy}",
            Unsupported unsupported => $"unsupported: {unsupported.What}. Remedy: {unsupported.Remedy}",
            var other => other.ToString(),
        };
}
