using Microsoft.EntityFrameworkCore;

namespace AspireDeploy.Data.Tests;

public sealed class CatalogModelTests
{
    [Fact]
    public void Model_ComparedToTheMigrations_NeedsNoNewOne()
    {
        using var context = new CatalogContext(new DbContextOptionsBuilder<CatalogContext>().UseNpgsql().Options);

        Assert.False(context.Database.HasPendingModelChanges(), "Add one: dotnet ef migrations add NAME -p Data -s Data -o Migrations");
    }
}
