using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// The module of what is there once for all: the environment with its network and logs, the registry, identities, and Azure Files for the
/// data.
/// </summary>
internal static class EnvironmentModule
{
    /// <summary>Gets the environment's id.</summary>
    internal const string EnvironmentId = "AZURE_CONTAINER_APPS_ENVIRONMENT_ID";

    /// <summary>
    /// Gets the environment's own domain. Not by the name that azd takes for that of Aspire's dashboard, which isn't deployed.
    /// </summary>
    internal const string Domain = "DEFAULT_DOMAIN";

    /// <summary>Gets the registry; azd pushes images to what has this name.</summary>
    internal const string Registry = "AZURE_CONTAINER_REGISTRY_ENDPOINT";

    /// <summary>Gets the identity that may pull images.</summary>
    internal const string PullIdentity = "AZURE_CONTAINER_REGISTRY_MANAGED_IDENTITY_ID";

    /// <summary>Gets the identity that may start jobs and read how they ended.</summary>
    internal const string JobsIdentity = "JOBS_IDENTITY_ID";

    /// <summary>Gets the identity that may end revisions.</summary>
    internal const string UpdatesIdentity = "UPDATES_IDENTITY_ID";

    /// <summary>Gets all of them, in the order in which they are declared.</summary>
    internal const string Values = "values";

    // Built-in roles. (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers)
    private const string AcrPull = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    private const string AcrPush = "8311e382-0749-4cb8-b61a-304f252e45ec";
    private const string JobsOperator = "b9a307c4-5aa3-4b52-ba60-2b17c136cd7b";
    private const string JobsReader = "edd66693-d32a-450b-997d-0158c03976b0";

    // Of those with which a revision can be ended, the one that may write nothing. It may more than that, so no other script has it.
    private const string AppsOperator = "f3bd1b5c-91fa-40e7-afe7-0c11d331232c";
    private const string AppReader = "ad2dd5fb-cd4b-4fd4-a9b6-4fed3630980b";

    private static BicepCode Location { get; } = new("location");

    private static BicepCode Token { get; } = new("uniqueString(resourceGroup().id)");

    /// <summary>Returns a name that is the deployment's own in all of Azure.</summary>
    internal static BicepValue Unique(string prefix) => BicepText.Create(prefix, Token);

    internal static AzureModule Write(DeploymentPlan plan, AzureContainerAppsOptions options)
    {
        List<BicepResource> resources =
        [
            .. EnvironmentNetwork.Write(plan, options),
            Logs(),
            Environment(),
            RegistryResource(),
            Identity("pull"),
            MayPull(),
            MayPush(),
        ];
        List<BicepOutput> outputs =
        [
            new(EnvironmentId, new BicepCode("environment.id")),
            new(Domain, new BicepCode("environment.properties.defaultDomain")),
            new(Registry, new BicepCode("registry.properties.loginServer")),
            new(PullIdentity, new BicepCode("pull.id")),
            .. EnvironmentNetwork.Outputs(plan, options),
        ];
        if (plan.Workloads.Any(static workload => workload.IsJob))
        {
            resources.AddRange([Identity("jobs"), May("mayStart", JobsOperator, "jobs"), May("mayRead", JobsReader, "jobs")]);
            outputs.Add(new(JobsIdentity, new BicepCode("jobs.id")));
        }
        if (plan.Workloads.Any(workload => DataOwner.Is(workload) && !options.IsManaged(workload)))
        {
            resources.AddRange([Identity("updates"), May("mayEnd", AppsOperator, "updates"), May("mayLook", AppReader, "updates")]);
            outputs.Add(new(UpdatesIdentity, new BicepCode("updates.id")));
        }
        resources.AddRange(EnvironmentStorage.Write(plan, options));
        return new(
            options.Name,
            new()
            {
                Comment = $"What {plan.Name} has once for all of it.\nMade by publishing: change the AppHost, not this file.",
                // azd takes a manifest that asks for this as one that brings its own environment, and gives it. (Azure/azure-dev,
                // cli/azd/pkg/apphost/generate.go, initCompilerOptions)
                Parameters = [ModuleInputs.Location, new("userPrincipalId", "Who deploys, and so pushes images.") { Default = "" }],
                Resources = resources,
                // In one, and in order, for deploy.sh: Azure's answers change the case of outputs' names.
                Outputs = [.. outputs, new(Values, new BicepArray(outputs.Select(static output => output.Value))) { Type = "array" }],
            },
            new Dictionary<string, ModuleArgument> { ["userPrincipalId"] = new DeployerArgument() }
        );
    }

    private static BicepResource Logs() =>
        new(
            "logs",
            "Microsoft.OperationalInsights/workspaces@2025-02-01",
            new()
            {
                { "name", Unique("log-") },
                { "location", Location },
                {
                    "properties",
                    new BicepObject
                    {
                        {
                            "sku",
                            new BicepObject { { "name", "PerGB2018" } }
                        },
                        { "retentionInDays", 30 },
                    }
                },
            }
        );

    private static BicepResource Environment() =>
        new(
            "environment",
            "Microsoft.App/managedEnvironments@2025-07-01",
            new()
            {
                { "name", Unique("cae-") },
                { "location", Location },
                {
                    "properties",
                    new BicepObject
                    {
                        {
                            "appLogsConfiguration",
                            new BicepObject
                            {
                                { "destination", "log-analytics" },
                                {
                                    "logAnalyticsConfiguration",
                                    new BicepObject
                                    {
                                        { "customerId", new BicepCode("logs.properties.customerId") },
                                        { "sharedKey", new BicepCode("logs.listKeys().primarySharedKey") },
                                    }
                                },
                            }
                        },
                        {
                            "vnetConfiguration",
                            new BicepObject
                            {
                                { "infrastructureSubnetId", EnvironmentNetwork.Subnet(EnvironmentNetwork.Apps) },
                                { "internal", false },
                            }
                        },
                        {
                            "workloadProfiles",
                            new BicepArray
                            {
                                new BicepObject { { "name", ContainerModel.Profile }, { "workloadProfileType", "Consumption" } },
                            }
                        },
                    }
                },
            }
        );

    private static BicepResource RegistryResource() =>
        new(
            "registry",
            "Microsoft.ContainerRegistry/registries@2025-04-01",
            new()
            {
                { "name", Unique("cr") },
                { "location", Location },
                {
                    "sku",
                    new BicepObject { { "name", "Basic" } }
                },
                {
                    "properties",
                    new BicepObject { { "adminUserEnabled", false } }
                },
            }
        );

    private static BicepResource Identity(string symbol) =>
        new(
            symbol,
            "Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30",
            new() { { "name", Unique($"id-{symbol}-") }, { "location", Location } }
        );

    private static BicepResource MayPull() => Assignment("mayPull", AcrPull, "pull", new("registry"));

    private static BicepResource May(string symbol, string role, string identity) => Assignment(symbol, role, identity, scope: null);

    private static BicepResource Assignment(string symbol, string role, string identity, BicepCode? scope) =>
        new(
            symbol,
            "Microsoft.Authorization/roleAssignments@2022-04-01",
            new()
            {
                { "scope", scope },
                { "name", new BicepCode($"guid({scope?.Text ?? "resourceGroup()"}.id, {identity}.id, '{role}')") },
                {
                    "properties",
                    new BicepObject
                    {
                        { "principalId", new BicepCode($"{identity}.properties.principalId") },
                        { "principalType", "ServicePrincipal" },
                        { "roleDefinitionId", Role(role) },
                    }
                },
            }
        );

    private static BicepResource MayPush() =>
        new(
            "mayPush",
            "Microsoft.Authorization/roleAssignments@2022-04-01",
            new()
            {
                { "scope", new BicepCode("registry") },
                { "name", new BicepCode($"guid(registry.id, userPrincipalId, '{AcrPush}')") },
                {
                    "properties",
                    new BicepObject { { "principalId", new BicepCode("userPrincipalId") }, { "roleDefinitionId", Role(AcrPush) } }
                },
            }
        )
        {
            Condition = new("userPrincipalId != ''"),
        };

    private static BicepCode Role(string id) => new($"subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '{id}')");
}
