using AspireDeploy.Model;

namespace AspireDeploy.Targets;

/// <summary>Describes what the AppHost has changed of an object that a target writes.</summary>
/// <param name="Resource">The resource whose object it is.</param>
/// <param name="Object">The object: <c>the service in compose.yaml</c>.</param>
/// <param name="Members">The members that differ: <c>deploy.resources.limits.memory</c>, <c>volumes[0].target</c>; empty where it was
/// changed into what it was.</param>
internal sealed record PublishedChange(string Resource, string Object, EquatableArray<string> Members);
