using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// The module of a Redis server that Azure runs, by a private endpoint in the environment's network. It is reached over TLS, with a key
/// that Azure makes. (https://learn.microsoft.com/azure/redis/private-link,
/// https://learn.microsoft.com/azure/templates/microsoft.cache/redisenterprise)
/// </summary>
internal static class ManagedRedisModule
{
    /// <summary>Gets the port that it is reached on.</summary>
    internal const int Port = 10000;

    private const string Cluster = "Microsoft.Cache/redisEnterprise@2025-07-01";
    private const string Database = "Microsoft.Cache/redisEnterprise/databases@2025-07-01";

    internal static AzureModule Write(Workload workload, AzureContainerAppsOptions options)
    {
        var inputs = new ModuleInputs(options);
        var zone = inputs.Output(
            inputs.EnvironmentModule,
            EnvironmentNetwork.RedisZoneId,
            "zone",
            "The private DNS zone of Redis servers."
        );
        var subnet = inputs.Output(
            inputs.EnvironmentModule,
            EnvironmentNetwork.EndpointsSubnetId,
            "subnet",
            "The subnet of private endpoints."
        );
        return new(
            workload.Name,
            new()
            {
                Comment =
                    $"The Redis server {workload.Name}, run by Azure and reached from the environment's network alone.\nMade by "
                    + "publishing: change the AppHost, not this file.",
                Parameters = inputs.Parameters,
                Resources = [.. Server(workload, options.Redis!), .. Private(workload, subnet, zone)],
                Outputs = [new(ManagedPostgresModule.Host, new BicepCode("server.properties.hostName"))],
            },
            inputs.Arguments
        );
    }

    /// <summary>Returns the managed server that a value leads to; null: none.</summary>
    internal static Workload? ServerOf(Template value, DeploymentPlan plan, AzureContainerAppsOptions options) =>
        options.Redis is null
            ? null
            : value
                .Parts.OfType<EndpointReference>()
                .Select(reference => plan.WorkloadNamed(reference.Workload))
                .FirstOrDefault(options.IsManagedRedis);

    /// <summary>
    /// Returns whether a value is a StackExchange.Redis configuration: it begins with the address, and options follow.
    /// (https://stackexchange.github.io/StackExchange.Redis/Configuration)
    /// </summary>
    internal static bool IsSettings(Template value) =>
        value.Parts is [EndpointReference, ..]
        && value.Parts.OfType<Literal>().Any(static literal => literal.Text.Contains(",password=", StringComparison.Ordinal));

    /// <summary>Returns a literal of a value that leads to it, with URLs over TLS.</summary>
    internal static string OverTls(string text) => text.Replace("redis://", "rediss://", StringComparison.Ordinal);

    /// <summary>Returns the key of a managed server, in a module that has <see cref="Referred"/>.</summary>
    internal static BicepCode KeyOf(Workload server) => new($"{Symbol(server)}_database.listKeys().primaryKey");

    /// <summary>Returns the managed servers whose keys a workload's values hold, for its module.</summary>
    internal static IEnumerable<BicepResource> Referred(DeploymentPlan plan, Workload workload, AzureContainerAppsOptions options)
    {
        var servers = Links
            .TemplatesOf(workload)
            .Where(static template => template.Value.HoldsSecret)
            .Select(template => (template.Value, Server: ServerOf(template.Value, plan, options)))
            .Where(static found =>
                found.Server is not null
                && found.Value.Parts.OfType<SecretReference>().Any(secret => Secrets.NamesOf(found.Server).Contains(secret.Secret))
            )
            .Select(static found => found.Server!)
            .DistinctBy(static server => server.Name)
            .OrderBy(static server => server.Name, StringComparer.Ordinal);
        foreach (var server in servers)
        {
            yield return new($"{Symbol(server)}_server", Cluster, new() { { "name", NameOf(server) } }) { Existing = true };
            yield return new(
                $"{Symbol(server)}_database",
                Database,
                new() { { "parent", new BicepCode($"{Symbol(server)}_server") }, { "name", "default" } }
            )
            {
                Existing = true,
            };
        }
    }

    private static IEnumerable<BicepResource> Server(Workload workload, ManagedRedis chosen)
    {
        yield return new(
            "server",
            Cluster,
            new()
            {
                { "name", NameOf(workload) },
                { "location", new BicepCode("location") },
                {
                    "sku",
                    new BicepObject { { "name", chosen.Sku } }
                },
                {
                    "properties",
                    new BicepObject
                    {
                        { "minimumTlsVersion", "1.2" },
                        { "highAvailability", "Enabled" },
                        { "publicNetworkAccess", "Disabled" },
                    }
                },
            }
        );
        yield return new(
            "database",
            Database,
            new()
            {
                { "parent", new BicepCode("server") },
                { "name", "default" },
                {
                    "properties",
                    new BicepObject
                    {
                        { "clientProtocol", "Encrypted" },
                        { "port", Port },
                        { "clusteringPolicy", "EnterpriseCluster" },
                        { "evictionPolicy", "NoEviction" },
                        { "accessKeysAuthentication", "Enabled" },
                    }
                },
            }
        );
    }

    private static IEnumerable<BicepResource> Private(Workload workload, BicepCode subnet, BicepCode zone)
    {
        var service = new BicepObject
        {
            { "name", workload.Label },
            {
                "properties",
                new BicepObject
                {
                    { "privateLinkServiceId", new BicepCode("server.id") },
                    {
                        "groupIds",
                        new BicepArray { "redisEnterprise" }
                    },
                }
            },
        };
        yield return new(
            "endpoint",
            "Microsoft.Network/privateEndpoints@2024-05-01",
            new()
            {
                { "name", EnvironmentModule.Unique($"{workload.Label}-") },
                { "location", new BicepCode("location") },
                {
                    "properties",
                    new BicepObject
                    {
                        {
                            "subnet",
                            new BicepObject { { "id", subnet } }
                        },
                        {
                            "privateLinkServiceConnections",
                            new BicepArray { service }
                        },
                    }
                },
                {
                    "dependsOn",
                    new BicepArray { new BicepCode("database") }
                },
            }
        );
        yield return new(
            "endpointName",
            "Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01",
            new()
            {
                { "parent", new BicepCode("endpoint") },
                { "name", "default" },
                {
                    "properties",
                    new BicepObject
                    {
                        {
                            "privateDnsZoneConfigs",
                            new BicepArray
                            {
                                new BicepObject
                                {
                                    { "name", "redis" },
                                    {
                                        "properties",
                                        new BicepObject { { "privateDnsZoneId", zone } }
                                    },
                                },
                            }
                        },
                    }
                },
            }
        );
    }

    private static BicepValue NameOf(Workload server) => EnvironmentModule.Unique($"{server.Label}-");

    private static string Symbol(Workload server) => AzureNames.Identifier(server.Name);
}
