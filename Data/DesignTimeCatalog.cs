using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AspireDeploy.Data;

/// <summary>The context for <c>dotnet ef</c>, which needs the model alone and no database.</summary>
internal sealed class DesignTimeCatalog : IDesignTimeDbContextFactory<CatalogContext>
{
    public CatalogContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<CatalogContext>().UseNpgsql().Options);
}
