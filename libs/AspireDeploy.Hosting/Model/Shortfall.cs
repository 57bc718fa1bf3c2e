namespace AspireDeploy.Model;

/// <summary>Something of a workload that no target carries as it was declared, found while the declaration was read.</summary>
/// <param name="Concept">The concept that falls short.</param>
/// <param name="Declared">What was declared, in a few words.</param>
/// <param name="What">What is weaker or lost, as a sentence without its full stop.</param>
/// <param name="Remedy">How to have the whole of it, likewise.</param>
/// <param name="IsLost">Whether it is lost, and not only weaker. Defaults to false.</param>
internal sealed record Shortfall(Concept Concept, string Declared, string What, string Remedy, bool IsLost = false);
