using AspireDeploy.Model;

namespace AspireDeploy.Targets.Azure;

/// <summary>What can be chosen of the Azure Container Apps target.</summary>
internal sealed record AzureContainerAppsOptions
{
    /// <summary>The target's name, which is its folder's, and in azd's manifest the environment's. <c>azure</c> unless said.</summary>
    public string Name { get; init; } = "azure";

    /// <summary>The gateway's public host name on Azure; null: the environment's own domain, which has a certificate.</summary>
    public CustomDomain? CustomDomain { get; init; }

    /// <summary>The PostgreSQL servers that Azure runs; null: they are containers.</summary>
    public ManagedPostgres? Postgres { get; init; }

    /// <summary>The Redis servers that Azure runs; null: they are containers.</summary>
    public ManagedRedis? Redis { get; init; }

    /// <summary>Where it is deployed by its scripts; null: <c>AZURE_LOCATION</c> says.</summary>
    public string? Location { get; init; }

    /// <summary>
    /// The resource group that its scripts deploy to, unless <c>AZURE_RESOURCE_GROUP</c> says another; null: <c>rg-</c> and the
    /// application's name.
    /// </summary>
    public string? ResourceGroup { get; init; }

    /// <summary>Tags of all that is deployed, beside the one that the target puts there itself.</summary>
    public EquatableArray<(string Name, string Value)> Tags { get; init; }

    /// <summary>The addresses of the environment's network. <c>10.0.0.0/16</c> unless said.</summary>
    public AddressRange Network { get; init; } = AddressRange.Parse("10.0.0.0/16")!;

    /// <summary>A registry that images were declared to be pushed to, which azd doesn't; null: none was.</summary>
    internal string? Registry { get; init; }

    /// <summary>The resource group that its scripts deploy to unless told another.</summary>
    internal string ResourceGroupOf(DeploymentPlan plan) => ResourceGroup ?? $"rg-{plan.Name}";

    internal bool IsManagedPostgres(Workload workload) => Postgres is not null && IsPostgres(workload);

    /// <summary>Whether a workload is a PostgreSQL server, whoever runs it.</summary>
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
    /// <summary>The compute size. <c>Standard_B1ms</c> unless said: one core, 2 GiB.</summary>
    public string Sku { get; init; } = "Standard_B1ms";

    /// <summary>Its tier: <c>Burstable</c> unless said, <c>GeneralPurpose</c> or <c>MemoryOptimized</c>.</summary>
    public string Tier { get; init; } = "Burstable";

    /// <summary>The storage in GiB, which grows by itself. 32 unless said.</summary>
    public int StorageGibibytes { get; init; } = 32;

    internal static EquatableArray<string> Tiers { get; } = ["Burstable", "GeneralPurpose", "MemoryOptimized"];

    // https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-storage-premium-ssd
    internal static EquatableArray<int> Storages { get; } = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32767];
}

/// <summary>Azure Managed Redis. (https://learn.microsoft.com/azure/redis/overview)</summary>
internal sealed record ManagedRedis
{
    /// <summary>The size. <c>Balanced_B0</c> unless said: half a GiB.</summary>
    public string Sku { get; init; } = "Balanced_B0";
}
