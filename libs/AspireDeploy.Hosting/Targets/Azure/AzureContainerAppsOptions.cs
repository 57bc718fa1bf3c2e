using AspireDeploy.Model;

namespace AspireDeploy.Targets.Azure;

/// <summary>Describes what can be chosen of the Azure Container Apps target.</summary>
internal sealed record AzureContainerAppsOptions
{
    /// <summary>Gets the target's name, which is its folder's, and in azd's manifest the environment's. Defaults to <c>azure</c>.</summary>
    public string Name { get; init; } = "azure";

    /// <summary>Gets the gateway's public host name on Azure; null: the environment's own domain, which has a certificate.</summary>
    public CustomDomain? CustomDomain { get; init; }

    /// <summary>Gets the PostgreSQL servers that Azure runs; null: they are containers.</summary>
    public ManagedPostgres? Postgres { get; init; }

    /// <summary>Gets the Redis servers that Azure runs; null: they are containers.</summary>
    public ManagedRedis? Redis { get; init; }

    /// <summary>Gets where it is deployed by its scripts; null: <c>AZURE_LOCATION</c> says.</summary>
    public string? Location { get; init; }

    /// <summary>
    /// Gets the resource group that its scripts deploy to, unless <c>AZURE_RESOURCE_GROUP</c> says another; null: <c>rg-</c> and the
    /// application's name.
    /// </summary>
    public string? ResourceGroup { get; init; }

    /// <summary>Tags of all that is deployed, beside the one that the target puts there itself.</summary>
    public EquatableArray<(string Name, string Value)> Tags { get; init; }

    /// <summary>Gets the addresses of the environment's network. Defaults to <c>10.0.0.0/16</c>.</summary>
    public AddressRange Network { get; init; } = AddressRange.Parse("10.0.0.0/16")!;

    /// <summary>Gets a registry that images were declared to be pushed to, which azd doesn't; null: none was.</summary>
    internal string? Registry { get; init; }

    /// <summary>Returns the resource group that its scripts deploy to unless told another.</summary>
    internal string ResourceGroupOf(DeploymentPlan plan) => ResourceGroup ?? $"rg-{plan.Name}";

    internal bool IsManagedPostgres(Workload workload) => Postgres is not null && IsPostgres(workload);

    /// <summary>Returns whether a workload is a PostgreSQL server, whoever runs it.</summary>
    internal static bool IsPostgres(Workload workload) => IsKnown(workload, WellKnownImages.PostgreSql);

    internal bool IsManagedRedis(Workload workload) => Redis is not null && IsKnown(workload, WellKnownImages.Redis);

    internal bool IsManaged(Workload workload) => IsManagedPostgres(workload) || IsManagedRedis(workload);

    private static bool IsKnown(Workload workload, WellKnownImage image) =>
        workload.Image is ImageReference reference && WellKnownImages.Find(reference)?.Repository == image.Repository;
}

/// <summary>A public host name that the gateway is reached by.</summary>
/// <param name="Host">The name; null: the gateway's own.</param>
/// <param name="Certificate">A certificate of the environment, by name: a managed one, or <c>certificates/NAME</c> for one that was
/// uploaded; null: there is none yet.</param>
internal sealed record CustomDomain(string? Host, string? Certificate)
{
    internal string? CertificatePath =>
        Certificate is null ? null
        : Certificate.Contains('/', StringComparison.Ordinal) ? Certificate
        : $"managedCertificates/{Certificate}";
}

/// <summary>
/// Azure Database for PostgreSQL flexible server. (https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-compute)
/// </summary>
internal sealed record ManagedPostgres
{
    /// <summary>Gets the compute size. Defaults to <c>Standard_B1ms</c>: one core, 2 GiB.</summary>
    public string Sku { get; init; } = "Standard_B1ms";

    /// <summary>Gets its tier: <c>Burstable</c>, <c>GeneralPurpose</c> or <c>MemoryOptimized</c>. Defaults to <c>Burstable</c>.</summary>
    public string Tier { get; init; } = "Burstable";

    /// <summary>Gets the storage in GiB, which grows by itself. Defaults to 32.</summary>
    public int StorageGibibytes { get; init; } = 32;

    internal static EquatableArray<string> Tiers { get; } = ["Burstable", "GeneralPurpose", "MemoryOptimized"];

    // https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-storage-premium-ssd
    internal static EquatableArray<int> Storages { get; } = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32767];
}

/// <summary>Azure Managed Redis. (https://learn.microsoft.com/azure/redis/overview)</summary>
internal sealed record ManagedRedis
{
    /// <summary>Gets the size. Defaults to <c>Balanced_B0</c>: half a GiB.</summary>
    public string Sku { get; init; } = "Balanced_B0";
}
