using System.Text.Json.Nodes;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>A workload's app or job as it is written, with what the AppHost has changed in it.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Changes">What was changed; empty where nothing was declared.</param>
internal sealed record ChangedResource(BicepResource Resource, EquatableArray<PublishedChange> Changes)
{
    internal static ChangedResource Create(
        DeploymentPlan plan,
        Workload workload,
        AzureContainerAppsOptions options,
        BicepResource resource
    )
    {
        if (plan.ChangesOf(workload.Name, "azure") is not { Count: > 0 } declared)
            return new(resource, []);
        ResourceTags.Tag(resource, plan.Name, options);
        var (after, members) = ChangedObject.Apply(declared, BicepJson.Read(resource.Body), Refuse);
        return new(
            members.IsEmpty ? resource : resource with { Body = BicepJson.Change(resource.Body, after) },
            [new(workload.Name, $"{workload.Name}'s {resource.Symbol}", members)]
        );
    }

    private static string? Refuse(JsonObject before, JsonObject after) =>
        !JsonNode.DeepEquals(before["name"], after["name"]) ? "changes name, by which others reach it; leave it"
        : JsonNode.DeepEquals(before["tags"]![ResourceTags.Own], (after["tags"] as JsonObject)?[ResourceTags.Own]) ? null
        : $"takes tags[\"{ResourceTags.Own}\"] away, by which the scripts know what is the deployment's own; add to tags, or use "
            + "WithTag on the target";
}
