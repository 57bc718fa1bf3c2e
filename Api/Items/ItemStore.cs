using AspireDeploy.Api.Database;
using AspireDeploy.Data;
using Microsoft.EntityFrameworkCore;

namespace AspireDeploy.Api.Items;

/// <summary>The items in PostgreSQL. Every method is one round trip.</summary>
internal sealed class ItemStore(IDbContextFactory<CatalogContext> contexts, DatabaseOutage outage)
{
    private static readonly Func<CatalogContext, int, CancellationToken, Task<Item?>> One = EF.CompileAsyncQuery(
        (CatalogContext catalog, int id, CancellationToken _) => catalog.Items.AsNoTracking().FirstOrDefault(item => item.Id == id));

    private static readonly Func<CatalogContext, int, int, IAsyncEnumerable<Item>> After = EF.CompileAsyncQuery(
        (CatalogContext catalog, int after, int count) => catalog.Items.AsNoTracking().Where(item => item.Id > after).OrderBy(item => item.Id).Take(count));

    /// <summary>An item, or null.</summary>
    internal Task<Item?> FindAsync(int id, CancellationToken cancellationToken) => outage.WatchAsync(async () =>
    {
        await using var catalog = contexts.CreateDbContext();
        return await One(catalog, id, cancellationToken);
    }, repeatable: true);

    /// <summary>At most <paramref name="count"/> items with numbers above <paramref name="after"/>, in order.</summary>
    internal Task<List<Item>> ListAsync(int after, int count, CancellationToken cancellationToken) => outage.WatchAsync(async () =>
    {
        await using var catalog = contexts.CreateDbContext();
        return await After(catalog, after, count).ToListAsync(cancellationToken);
    }, repeatable: true);

    /// <summary>Adds an item; the database gives its number.</summary>
    internal Task<Item> AddAsync(ItemInput input, CancellationToken cancellationToken) => outage.WatchAsync(async () =>
    {
        await using var catalog = contexts.CreateDbContext();
        var item = new Item { Name = input.Name, Description = input.Description, Price = input.Price ?? 0, Tax = input.Tax, IsOffer = input.IsOffer };
        catalog.Add(item);
        await catalog.SaveChangesAsync(cancellationToken);
        return item;
    });

    /// <summary>Replaces an item if its version is one of those asked for, and counts its version up, in one statement.</summary>
    /// <returns>The item as it is now, or null when no such version is there.</returns>
    internal Task<Item?> ReplaceAsync(int id, ItemInput input, Precondition condition, CancellationToken cancellationToken) => outage.WatchAsync(async () =>
    {
        await using var catalog = contexts.CreateDbContext();
        var replaced = await catalog.Items.FromSql($"""
            UPDATE items
            SET name = {input.Name}, description = {input.Description}, price = {input.Price ?? 0}, tax = {input.Tax}, is_offer = {input.IsOffer}, version = version + 1
            WHERE id = {id} AND ({condition.Any} OR version = ANY ({condition.Versions}))
            RETURNING id, name, description, price, tax, is_offer, version
            """).AsNoTracking().ToListAsync(cancellationToken);
        return replaced.SingleOrDefault();
    });

    /// <summary>Deletes an item if its version is one of those asked for.</summary>
    /// <returns>Whether such a version was there.</returns>
    internal Task<bool> RemoveAsync(int id, Precondition condition, CancellationToken cancellationToken) => outage.WatchAsync(async () =>
    {
        await using var catalog = contexts.CreateDbContext();
        var any = condition.Any;
        var versions = condition.Versions;
        return await catalog.Items.Where(item => item.Id == id && (any || versions.Contains(item.Version))).ExecuteDeleteAsync(cancellationToken) > 0;
    });
}
