namespace AspireDeploy.Model;

/// <summary>A resource, or something of one, that is declared and not deployed.</summary>
/// <param name="Name">The resource's name, or its and that of the thing: <c>api.runtimeArgs</c>.</param>
/// <param name="Why">Why it isn't, as a sentence without its full stop: <c>It is a program on this machine</c>.</param>
/// <param name="Remedy">How to have it deployed, likewise; empty if nothing of it can be.</param>
internal sealed record LeftOut(string Name, string Why, string Remedy = "");
