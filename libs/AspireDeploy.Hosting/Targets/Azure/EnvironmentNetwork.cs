using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// The environment's network. It always has one of its own: TCP from outside and Azure Files by NFS need it, and an environment can't be
/// given one later. (https://learn.microsoft.com/azure/container-apps/custom-virtual-networks)
/// </summary>
internal static class EnvironmentNetwork
{
    /// <summary>Gets the subnet of apps and jobs.</summary>
    internal const string Apps = "apps";

    /// <summary>Gets the subnet of PostgreSQL servers that Azure runs.</summary>
    internal const string Postgres = "postgres";

    /// <summary>Gets the subnet of what is reached by private endpoints.</summary>
    internal const string Endpoints = "endpoints";

    /// <summary>Gets the network's id.</summary>
    internal const string NetworkId = "NETWORK_ID";

    /// <summary>Gets the id of the subnet of PostgreSQL servers.</summary>
    internal const string PostgresSubnetId = "POSTGRES_SUBNET_ID";

    /// <summary>Gets the id of the subnet of private endpoints.</summary>
    internal const string EndpointsSubnetId = "ENDPOINTS_SUBNET_ID";

    /// <summary>Gets the id of the private DNS zone of Redis servers that Azure runs: one for all of them.</summary>
    internal const string RedisZoneId = "REDIS_ZONE_ID";

    internal static BicepCode Subnet(string name) => new($"{name}Subnet.id");

    internal static IEnumerable<BicepResource> Write(DeploymentPlan plan, AzureContainerAppsOptions options)
    {
        var subnets = new BicepArray { SubnetOf(Apps, options.Network.Apps, "Microsoft.App/environments", "Microsoft.Storage") };
        if (HasPostgres(plan, options))
            subnets.Add(SubnetOf(Postgres, options.Network.Postgres, "Microsoft.DBforPostgreSQL/flexibleServers", endpoint: null));
        if (HasRedis(plan, options))
            subnets.Add(SubnetOf(Endpoints, options.Network.Endpoints, delegation: null, endpoint: null));
        yield return new(
            "network",
            "Microsoft.Network/virtualNetworks@2024-05-01",
            new()
            {
                { "name", EnvironmentModule.Unique("vnet-") },
                { "location", new BicepCode("location") },
                {
                    "properties",
                    new BicepObject
                    {
                        {
                            "addressSpace",
                            new BicepObject
                            {
                                {
                                    "addressPrefixes",
                                    new BicepArray { options.Network.Text }
                                },
                            }
                        },
                        { "subnets", subnets },
                    }
                },
            }
        );
        yield return Existing(Apps);
        if (HasPostgres(plan, options))
            yield return Existing(Postgres);
        if (!HasRedis(plan, options))
            yield break;
        yield return Existing(Endpoints);
        // https://learn.microsoft.com/azure/private-link/private-endpoint-dns
        yield return new(
            "redisZone",
            "Microsoft.Network/privateDnsZones@2024-06-01",
            new() { { "name", "privatelink.redis.azure.net" }, { "location", "global" } }
        );
        yield return Link("redisZone", new("network.id"));
    }

    /// <summary>Lets the network know the names of a private DNS zone.</summary>
    internal static BicepResource Link(string zone, BicepCode network) =>
        new(
            $"{zone}Link",
            "Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01",
            new()
            {
                { "parent", new BicepCode(zone) },
                { "name", "environment" },
                { "location", "global" },
                {
                    "properties",
                    new BicepObject
                    {
                        { "registrationEnabled", false },
                        {
                            "virtualNetwork",
                            new BicepObject { { "id", network } }
                        },
                    }
                },
            }
        );

    internal static IEnumerable<BicepOutput> Outputs(DeploymentPlan plan, AzureContainerAppsOptions options)
    {
        if (HasPostgres(plan, options))
            yield return new(NetworkId, new BicepCode("network.id"));
        if (HasPostgres(plan, options))
            yield return new(PostgresSubnetId, Subnet(Postgres));
        if (!HasRedis(plan, options))
            yield break;
        yield return new(EndpointsSubnetId, Subnet(Endpoints));
        yield return new(RedisZoneId, new BicepCode("redisZone.id"));
    }

    private static bool HasPostgres(DeploymentPlan plan, AzureContainerAppsOptions options) =>
        plan.Workloads.Any(options.IsManagedPostgres);

    private static bool HasRedis(DeploymentPlan plan, AzureContainerAppsOptions options) => plan.Workloads.Any(options.IsManagedRedis);

    private static BicepObject SubnetOf(string name, string addresses, string? delegation, string? endpoint) =>
        new()
        {
            { "name", name },
            {
                "properties",
                new BicepObject
                {
                    { "addressPrefix", addresses },
                    {
                        "delegations",
                        delegation is null
                            ? null
                            : new BicepArray
                            {
                                new BicepObject
                                {
                                    { "name", name },
                                    {
                                        "properties",
                                        new BicepObject { { "serviceName", delegation } }
                                    },
                                },
                            }
                    },
                    {
                        "serviceEndpoints",
                        endpoint is null
                            ? null
                            : new BicepArray { new BicepObject { { "service", endpoint } } }
                    },
                }
            },
        };

    private static BicepResource Existing(string name) =>
        new(
            $"{name}Subnet",
            "Microsoft.Network/virtualNetworks/subnets@2024-05-01",
            new() { { "parent", new BicepCode("network") }, { "name", name } }
        )
        {
            Existing = true,
        };
}
