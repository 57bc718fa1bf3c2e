using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// The module of a PostgreSQL server that Azure runs, in a subnet of the environment's network, with the databases that are declared.
/// (https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private)
/// </summary>
internal static class ManagedPostgresModule
{
    /// <summary>Gets the output with the name that a managed server is reached by.</summary>
    internal const string Host = "host";

    /// <summary>Gets the image's variable for the server's user.</summary>
    internal const string UserVariable = "POSTGRES_USER";

    /// <summary>Gets the image's variable for that user's password.</summary>
    internal const string PasswordVariable = "POSTGRES_PASSWORD";

    /// <summary>Returns the user that the server is made with.</summary>
    internal static string UserOf(Workload workload) =>
        workload.Environment.FirstOrDefault(static variable => variable.Name == UserVariable)?.Value.AsLiteral ?? "postgres";

    /// <summary>Returns the major version: that of the image's tag.</summary>
    internal static string MajorOf(Workload workload) => ((ImageReference)workload.Image).Tag?.Split('.', '-')[0] ?? "";

    internal static AzureModule Write(DeploymentPlan plan, Workload workload, AzureContainerAppsOptions options)
    {
        var inputs = new ModuleInputs(options);
        var password = workload.Environment.First(static variable => variable.Name == PasswordVariable).Value;
        var link = EnvironmentNetwork.Link(
            "zone",
            inputs.Output(inputs.EnvironmentModule, EnvironmentNetwork.NetworkId, "network", "The environment's network.")
        );
        var server = Server(workload, options.Postgres!, new AzureValues(plan, options, inputs).Write(password), inputs);
        var databases = workload
            .Databases.Where(static database => database != "postgres")
            .Select(
                static (database, index) =>
                    new BicepResource(
                        $"database{index}",
                        "Microsoft.DBforPostgreSQL/flexibleServers/databases@2025-08-01",
                        new() { { "parent", new BicepCode("server") }, { "name", database } }
                    )
            );
        return new(
            workload.Name,
            new()
            {
                Comment =
                    $"The PostgreSQL server {workload.Name}, run by Azure and reached from the environment's network alone.\nMade "
                    + "by publishing: change the AppHost, not this file.",
                Parameters = inputs.Parameters,
                Resources = [Zone(workload), link, server, .. databases],
                Outputs = [new(Host, new BicepCode("server.properties.fullyQualifiedDomainName"))],
            },
            inputs.Arguments
        );
    }

    private static BicepResource Zone(Workload workload) =>
        new(
            "zone",
            "Microsoft.Network/privateDnsZones@2024-06-01",
            new()
            {
                {
                    "name",
                    BicepText.Create(
                        $"{workload.Label}-",
                        new BicepCode("uniqueString(resourceGroup().id)"),
                        ".private.postgres.database.azure.com"
                    )
                },
                { "location", "global" },
            }
        );

    private static BicepResource Server(Workload workload, ManagedPostgres chosen, BicepValue password, ModuleInputs inputs) =>
        new(
            "server",
            "Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01",
            new()
            {
                { "name", EnvironmentModule.Unique($"{workload.Label}-") },
                { "location", new BicepCode("location") },
                {
                    "sku",
                    new BicepObject { { "name", chosen.Sku }, { "tier", chosen.Tier } }
                },
                {
                    "properties",
                    new BicepObject
                    {
                        { "version", MajorOf(workload) },
                        { "administratorLogin", UserOf(workload) },
                        { "administratorLoginPassword", password },
                        {
                            "authConfig",
                            new BicepObject { { "passwordAuth", "Enabled" }, { "activeDirectoryAuth", "Disabled" } }
                        },
                        {
                            "storage",
                            new BicepObject { { "storageSizeGB", chosen.StorageGibibytes }, { "autoGrow", "Enabled" } }
                        },
                        {
                            "backup",
                            new BicepObject { { "backupRetentionDays", 7 }, { "geoRedundantBackup", "Disabled" } }
                        },
                        {
                            "highAvailability",
                            new BicepObject { { "mode", "Disabled" } }
                        },
                        {
                            "network",
                            new BicepObject
                            {
                                {
                                    "delegatedSubnetResourceId",
                                    inputs.Output(
                                        inputs.EnvironmentModule,
                                        EnvironmentNetwork.PostgresSubnetId,
                                        "subnet",
                                        "The subnet of PostgreSQL servers."
                                    )
                                },
                                { "privateDnsZoneArmResourceId", new BicepCode("zone.id") },
                            }
                        },
                    }
                },
                {
                    "dependsOn",
                    new BicepArray { new BicepCode("zoneLink") }
                },
            }
        );
}
