using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AspireDeploy.Data;

/// <summary>The catalog's tables.</summary>
public sealed class CatalogContext(DbContextOptions<CatalogContext> options) : DbContext(options)
{
    /// <summary>The items.</summary>
    public DbSet<Item> Items => Set<Item>();

    /// <summary>The sets of first data that were written.</summary>
    public DbSet<AppliedSeed> AppliedSeeds => Set<AppliedSeed>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<Item>(Map);
        modelBuilder.Entity<AppliedSeed>(Map);
    }

    private static void Map(EntityTypeBuilder<Item> items)
    {
        items.ToTable("items");
        items.Property(item => item.Id).HasColumnName("id");
        items.Property(item => item.Name).HasColumnName("name").HasMaxLength(Item.NameLength);
        items.Property(item => item.Description).HasColumnName("description").HasMaxLength(Item.DescriptionLength);
        items.Property(item => item.Price).HasColumnName("price").HasPrecision(12, 2);
        items.Property(item => item.Tax).HasColumnName("tax").HasPrecision(12, 2);
        items.Property(item => item.IsOffer).HasColumnName("is_offer");
        items.Property(item => item.Version).HasColumnName("version").HasDefaultValue(1).IsConcurrencyToken();
    }

    private static void Map(EntityTypeBuilder<AppliedSeed> seeds)
    {
        seeds.ToTable("applied_seeds");
        seeds.HasKey(seed => seed.Name);
        seeds.Property(seed => seed.Name).HasColumnName("name").HasMaxLength(AppliedSeed.NameLength);
        seeds.Property(seed => seed.AppliedAt).HasColumnName("applied_at");
    }
}
