using Aspire.Hosting.ApplicationModel;
using AspireDeploy;
using AspireDeploy.Mistakes;
using AspireDeploy.Pipeline;
using AspireDeploy.Targets.Azure;

namespace Aspire.Hosting;

/// <summary>Declares Azure Container Apps as a target.</summary>
public static class AzureContainerAppsTargetBuilderExtensions
{
    /// <summary>
    /// Publishes the application for Azure Container Apps: Bicep modules, and scripts that deploy them with the Azure CLI. <c>azd</c>
    /// deploys the same modules by the manifest that it asks for; without this target the manifest is Aspire's plain one.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The target's name, which is its folder's, and in the manifest the environment's.</param>
    /// <returns>The target.</returns>
    /// <exception cref="DistributedApplicationException">The name is taken, or has capitals, or there is such a target already.</exception>
    public static IResourceBuilder<AzureContainerAppsTargetResource> AddAzureContainerAppsTarget(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name = "azure"
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Resources.OfType<AzureContainerAppsTargetResource>().FirstOrDefault() is { } other)
            throw DeclarationMistake.At(
                name,
                $"is a second target for Azure Container Apps beside {other.Name}, and azd reads one manifest; keep one, and choose "
                    + "between environments with azd env"
            );
        return builder
            .AddTarget(new AzureContainerAppsTargetResource(name))
            .WithAnnotation(new DescribesManifestAnnotation())
            .WithAzdManifest();
    }

    /// <summary>Serves the gateway under a public host name. Without it, it is served under the environment's own domain.</summary>
    /// <param name="builder">The target.</param>
    /// <param name="certificate">
    /// A certificate of the environment, by name: a managed one, or <c>certificates/NAME</c> for one that was uploaded; null: there is none
    /// yet, and the name is only bound, which is what a managed certificate needs to be made.
    /// </param>
    /// <param name="host">The name; null: the one that the gateway is declared with.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">It isn't a host name.</exception>
    public static IResourceBuilder<AzureContainerAppsTargetResource> WithCustomDomain(
        this IResourceBuilder<AzureContainerAppsTargetResource> builder,
        string? certificate = null,
        string? host = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (host is not null && !AspireDeploy.Model.PlanValidation.IsHostName(host))
            throw DeclarationMistake.At($"{builder.Resource.Name}.domain", AspireDeploy.Model.PlanValidation.NotAHostName(host));
        return builder.Choose(options => options with { CustomDomain = new(host?.ToLowerInvariant(), certificate) });
    }

    /// <summary>Has Azure run the PostgreSQL servers: a flexible server each, reached from the environment's network alone.</summary>
    /// <param name="builder">The target.</param>
    /// <param name="sku">The compute size.</param>
    /// <param name="tier">Its tier: <c>Burstable</c>, <c>GeneralPurpose</c> or <c>MemoryOptimized</c>.</param>
    /// <param name="storageGibibytes">The storage in GiB to begin with; it grows by itself.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">Azure has no such tier, or no such storage.</exception>
    public static IResourceBuilder<AzureContainerAppsTargetResource> WithManagedPostgres(
        this IResourceBuilder<AzureContainerAppsTargetResource> builder,
        string sku = "Standard_B1ms",
        string tier = "Burstable",
        int storageGibibytes = 32
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!ManagedPostgres.Tiers.Contains(tier))
            throw DeclarationMistake.At(
                $"{builder.Resource.Name}.postgres.tier",
                $"\"{tier}\" is none; write {string.Join(", ", ManagedPostgres.Tiers)}"
            );
        if (!ManagedPostgres.Storages.Contains(storageGibibytes))
            throw DeclarationMistake.At(
                $"{builder.Resource.Name}.postgres.storage",
                $"{storageGibibytes} GiB can't be had; write {string.Join(", ", ManagedPostgres.Storages)}"
            );
        return builder.Choose(options =>
            options with
            {
                Postgres = new()
                {
                    Sku = sku,
                    Tier = tier,
                    StorageGibibytes = storageGibibytes,
                },
            }
        );
    }

    /// <summary>Has Azure run the Redis servers: an Azure Managed Redis each, reached from the environment's network alone.</summary>
    /// <param name="builder">The target.</param>
    /// <param name="sku">The size.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<AzureContainerAppsTargetResource> WithManagedRedis(
        this IResourceBuilder<AzureContainerAppsTargetResource> builder,
        string sku = "Balanced_B0"
    ) => builder.Choose(options => options with { Redis = new() { Sku = sku } });

    /// <summary>
    /// Chooses where the target's scripts deploy. Defaults to <c>AZURE_LOCATION</c> in their environment, which wins over what is chosen
    /// here. <c>azd</c> asks for it itself.
    /// </summary>
    /// <param name="builder">The target.</param>
    /// <param name="location">The region: <c>westeurope</c>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">It isn't a region's name.</exception>
    public static IResourceBuilder<AzureContainerAppsTargetResource> WithLocation(
        this IResourceBuilder<AzureContainerAppsTargetResource> builder,
        string location
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (location is null || !AzureNames.IsRegion(location))
            throw DeclarationMistake.At(
                $"{builder.Resource.Name}.location",
                $"\"{location}\" is no region's name; write one like westeurope (az account list-locations --query [].name)"
            );
        return builder.Choose(options => options with { Location = location });
    }

    /// <summary>
    /// Chooses the resource group that the target's scripts make and deploy to. Defaults to <c>rg-</c> and the application's name;
    /// <c>AZURE_RESOURCE_GROUP</c> in their environment wins over what is chosen here. <c>azd</c> names its own.
    /// </summary>
    /// <param name="builder">The target.</param>
    /// <param name="name">The group's name.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">It can't name a resource group.</exception>
    public static IResourceBuilder<AzureContainerAppsTargetResource> WithResourceGroup(
        this IResourceBuilder<AzureContainerAppsTargetResource> builder,
        string name
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (name is null || !AzureNames.IsResourceGroup(name))
            throw DeclarationMistake.At(
                $"{builder.Resource.Name}.resourceGroup",
                $"\"{name}\" can't name a resource group; write up to {AzureNames.LongestResourceGroup} letters, digits, hyphens, "
                    + "underscores, periods and parentheses, no hyphen first and no period last"
            );
        return builder.Choose(options => options with { ResourceGroup = name });
    }

    /// <summary>
    /// Adds a tag to everything that is deployed, beside <c>aspire-deploy</c>, by which the target knows what is its own.
    /// </summary>
    /// <param name="builder">The target.</param>
    /// <param name="name">The tag's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">Azure takes no such tag, or it is there already.</exception>
    public static IResourceBuilder<AzureContainerAppsTargetResource> WithTag(
        this IResourceBuilder<AzureContainerAppsTargetResource> builder,
        string name,
        string value
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (ResourceTags.Refusal(name, value, builder.Resource.Options.Tags) is { } refusal)
            throw DeclarationMistake.At($"{builder.Resource.Name}.tags", refusal);
        return builder.Choose(options => options with { Tags = [.. options.Tags, (name, value)] });
    }

    /// <summary>
    /// Chooses the addresses of the environment's network, for those who connect it to others. Defaults to <c>10.0.0.0/16</c>. It can't be
    /// changed once the environment is there.
    /// </summary>
    /// <param name="builder">The target.</param>
    /// <param name="range">The range: <c>10.8.0.0/20</c>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">It is no range of at least 1024 addresses, or Azure keeps it for
    /// itself.</exception>
    public static IResourceBuilder<AzureContainerAppsTargetResource> WithAddressRange(
        this IResourceBuilder<AzureContainerAppsTargetResource> builder,
        string range
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (range is null || AddressRange.Parse(range) is not { } network)
            throw DeclarationMistake.At(
                $"{builder.Resource.Name}.addressRange",
                $"\"{range}\" isn't a range that a network may have; write one of IPv4 between /8 and /22 that begins at its first "
                    + "address and leaves out 169.254.0.0/16, 172.30.0.0/15, 192.0.2.0/24 and 100.100.0.0/16, like 10.8.0.0/20"
            );
        return builder.Choose(options => options with { Network = network });
    }

    private static IResourceBuilder<AzureContainerAppsTargetResource> Choose(
        this IResourceBuilder<AzureContainerAppsTargetResource> builder,
        Func<AzureContainerAppsOptions, AzureContainerAppsOptions> choose
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.Options = choose(builder.Resource.Options);
        return builder;
    }
}
