using AspireDeploy.Api.Database;
using AspireDeploy.Data;
using Microsoft.EntityFrameworkCore;

namespace AspireDeploy.Api.Items;

/// <summary>Reads and writes the items in PostgreSQL.</summary>
internal sealed class ItemStore(IDbContextFactory<CatalogContext> contexts, DatabaseOutage outage)
{
    private static readonly Func<CatalogContext, int, CancellationToken, Task<Item?>> ById = EF.CompileAsyncQuery(
        (CatalogContext catalog, int id, CancellationToken cancellationToken) =>
            catalog.Items.AsNoTracking().FirstOrDefault(item => item.Id == id)
    );

    /// <summary>Returns an item, or null.</summary>
    internal ValueTask<Item?> FindAsync(int id, CancellationToken cancellationToken) =>
        outage.Repeatable.ExecuteAsync(
            static async (asked, cancellationToken) =>
            {
                await using var catalog = asked.contexts.CreateDbContext();
                return await ById(catalog, asked.id, cancellationToken);
            },
            (contexts, id),
            cancellationToken
        );

    /// <summary>Returns at most <paramref name="count"/> items with numbers above <paramref name="after"/>, in order.</summary>
    internal ValueTask<List<Item>> ListAsync(int after, int count, CancellationToken cancellationToken) =>
        outage.Repeatable.ExecuteAsync(
            async cancellationToken =>
            {
                await using var catalog = contexts.CreateDbContext();
                var following = catalog.Items.AsNoTracking().Where(item => item.Id > after).OrderBy(item => item.Id);
                return await following.Take(count).ToListAsync(cancellationToken);
            },
            cancellationToken
        );

    /// <summary>Adds an item; the database gives its number.</summary>
    internal ValueTask<Item> AddAsync(ItemInput input, CancellationToken cancellationToken) =>
        outage.Once.ExecuteAsync(
            async cancellationToken =>
            {
                await using var catalog = contexts.CreateDbContext();
                var item = input.ApplyTo(new() { Name = "" });
                catalog.Add(item);
                await catalog.SaveChangesAsync(cancellationToken);
                return item;
            },
            cancellationToken
        );

    /// <summary>Changes an item if its version is one that is asked for. Of two changes of the same version, one is refused.</summary>
    /// <returns>The item, or null when there is none, and whether it was changed.</returns>
    internal ValueTask<(Item? Item, bool IsChanged)> ChangeAsync(
        int id,
        Precondition condition,
        Action<CatalogContext, Item> change,
        CancellationToken cancellationToken
    ) =>
        outage.Once.ExecuteAsync(
            async cancellationToken =>
            {
                await using var catalog = contexts.CreateDbContext();
                while (true)
                {
                    var item = await catalog.Items.SingleOrDefaultAsync(item => item.Id == id, cancellationToken);
                    if (item is null || !condition.Allows(item.Version))
                        return (item, false);
                    change(catalog, item);
                    try
                    {
                        await catalog.SaveChangesAsync(cancellationToken);
                        return (item, true);
                    }
                    catch (DbUpdateConcurrencyException)
                    {
                        // Another change came first: what is there now may be asked for just as well.
                        catalog.ChangeTracker.Clear();
                    }
                }
            },
            cancellationToken
        );
}
