namespace Aspire.Hosting.Pipelines;

/// <summary>What became of a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Succeeded">Whether it ran and succeeded.</param>
/// <param name="Failure">Why it failed; null if it didn't, or didn't run because of another that failed.</param>
internal sealed record StepOutcome(PipelineStep Step, bool Succeeded, Exception? Failure = null);
