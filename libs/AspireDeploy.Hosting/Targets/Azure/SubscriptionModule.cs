using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// Describes what <c>deploy.sh</c> deploys first, to the subscription: the resource group and the environment in it. azd has a template of
/// its own for that. (https://learn.microsoft.com/azure/azure-resource-manager/bicep/deploy-to-subscription)
/// </summary>
internal static class SubscriptionModule
{
    /// <summary>Gets its file; no resource can have a name with a period in it.</summary>
    internal const string File = "main.subscription.bicep";

    /// <summary>
    /// Gets the environment's deployment in the resource group, which has its outputs; a module's is named by its workload.
    /// </summary>
    internal const string EnvironmentDeployment = "main.environment";

    internal static PublishedFile Write(DeploymentPlan plan, AzureContainerAppsOptions options) =>
        new(
            File,
            BicepWriter.Write(
                new()
                {
                    Comment =
                        $"The resource group of {plan.Name}, and the environment in it: what deploy.sh deploys first.\n"
                        + "Made by publishing: change the AppHost, not this file.",
                    TargetScope = "subscription",
                    Parameters =
                    [
                        new("location", "Where it is."),
                        new("groupName", "The resource group's name."),
                        // Tags that others have put on it would be gone.
                        new("makesGroup", "Whether the resource group isn't there yet.") { Type = "bool" },
                    ],
                    Resources =
                    [
                        new(
                            "group",
                            "Microsoft.Resources/resourceGroups@2024-03-01",
                            new()
                            {
                                { "name", new BicepCode("groupName") },
                                { "location", new BicepCode("location") },
                                { "tags", ResourceTags.Of(plan.Name, options) },
                            }
                        )
                        {
                            Condition = new("makesGroup"),
                        },
                    ],
                    Modules =
                    [
                        new(
                            "environment",
                            AzureModule.PathOf(options.Name),
                            new()
                            {
                                { "name", EnvironmentDeployment },
                                { "scope", new BicepCode("resourceGroup(groupName)") },
                                {
                                    "params",
                                    new BicepObject { { "location", new BicepCode("location") } }
                                },
                                {
                                    "dependsOn",
                                    new BicepArray { new BicepCode("group") }
                                },
                            }
                        ),
                    ],
                }
            )
        );
}
