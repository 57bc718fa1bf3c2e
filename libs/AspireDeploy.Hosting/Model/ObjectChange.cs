using System.Text.Json.Nodes;

namespace AspireDeploy.Model;

/// <summary>A change that the AppHost makes of an object of a target's own, before it is written.</summary>
/// <param name="Resource">The name of the workload, or of the gateway, whose object it is.</param>
/// <param name="Target">The kind of target: <c>compose</c>.</param>
/// <param name="Object">Which of a resource's objects, where it has several: <c>Deployment</c>; empty where it has one.</param>
/// <param name="Method">What declares it: <c>PublishAsDockerComposeService</c>.</param>
/// <param name="Apply">Changes the object. It may be called more than once, each time with a new one.</param>
internal sealed record ObjectChange(string Resource, string Target, string Object, string Method, Action<JsonObject> Apply);
