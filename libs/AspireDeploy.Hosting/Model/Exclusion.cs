namespace AspireDeploy.Model;

/// <summary>Something that is kept out of a target.</summary>
/// <param name="Resource">The name of the workload, or of the gateway.</param>
/// <param name="Target">The target's name.</param>
/// <param name="Why">Why, as a sentence without its full stop: <c>It is kept out of this target (ExcludeFrom)</c>.</param>
/// <param name="Remedy">How to have it there, likewise.</param>
internal sealed record Exclusion(string Resource, string Target, string Why, string Remedy);
