using AspireDeploy.Api.Database;
using AspireDeploy.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AspireDeploy.Api.Items;

/// <summary>The items in PostgreSQL. Every method is one round trip.</summary>
internal sealed class ItemStore(NpgsqlDataSource source, IDbContextFactory<CatalogContext> contexts, DatabaseOutage outage)
{
    private static readonly Func<CatalogContext, int, int, IAsyncEnumerable<Item>> After = EF.CompileAsyncQuery(
        (CatalogContext catalog, int after, int count) =>
            catalog.Items.AsNoTracking().Where(item => item.Id > after).OrderBy(item => item.Id).Take(count)
    );

    /// <summary>An item, or null. It is asked for more than anything else, and costs a third less without EF Core between.</summary>
    internal Task<Item?> FindAsync(int id, CancellationToken cancellationToken) =>
        outage.WatchAsync(
            async () =>
            {
                await using var command = source.CreateCommand(
                    "SELECT id, name, description, price, tax, is_offer, version FROM items WHERE id = $1"
                );
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = id });
                await using var rows = await command.ExecuteReaderAsync(cancellationToken);
                return await rows.ReadAsync(cancellationToken) ? Read(rows) : null;
            },
            repeatable: true
        );

    /// <summary>At most <paramref name="count"/> items with numbers above <paramref name="after"/>, in order.</summary>
    internal Task<List<Item>> ListAsync(int after, int count, CancellationToken cancellationToken) =>
        outage.WatchAsync(
            async () =>
            {
                await using var catalog = contexts.CreateDbContext();
                return await After(catalog, after, count).ToListAsync(cancellationToken);
            },
            repeatable: true
        );

    /// <summary>Adds an item; the database gives its number.</summary>
    internal Task<Item> AddAsync(ItemInput input, CancellationToken cancellationToken) =>
        outage.WatchAsync(async () =>
        {
            await using var catalog = contexts.CreateDbContext();
            var item = new Item
            {
                Name = input.Name,
                Description = input.Description,
                Price = input.Price ?? 0,
                Tax = input.Tax,
                IsOffer = input.IsOffer,
            };
            catalog.Add(item);
            await catalog.SaveChangesAsync(cancellationToken);
            return item;
        });

    /// <summary>Replaces an item if its version is one of those asked for, and counts its version up, in one statement.</summary>
    /// <returns>The item as it is now, or null when no such version is there.</returns>
    internal Task<Item?> ReplaceAsync(int id, ItemInput input, Precondition condition, CancellationToken cancellationToken) =>
        outage.WatchAsync(async () =>
        {
            await using var catalog = contexts.CreateDbContext();
            var replaced = await catalog
                .Items.FromSql(
                    $"""
                    UPDATE items
                    SET name = {input.Name}, description = {input.Description}, price = {input.Price
                        ?? 0}, tax = {input.Tax}, is_offer = {input.IsOffer}, version = version + 1
                    WHERE id = {id} AND ({condition.Any} OR version = ANY ({condition.Versions}))
                        AND NOT ({condition.NotAny} OR version = ANY ({condition.NotVersions}))
                    RETURNING id, name, description, price, tax, is_offer, version
                    """
                )
                .AsNoTracking()
                .ToListAsync(cancellationToken);
            return replaced.SingleOrDefault();
        });

    /// <summary>Deletes an item if its version is one of those asked for.</summary>
    /// <returns>Whether such a version was there.</returns>
    internal Task<bool> RemoveAsync(int id, Precondition condition, CancellationToken cancellationToken) =>
        outage.WatchAsync(async () =>
        {
            await using var catalog = contexts.CreateDbContext();
            var (any, versions) = condition;
            var (notAny, notVersions) = (condition.NotAny, condition.NotVersions);
            return await catalog
                    .Items.Where(item =>
                        item.Id == id && (any || versions.Contains(item.Version)) && !(notAny || notVersions.Contains(item.Version))
                    )
                    .ExecuteDeleteAsync(cancellationToken) > 0;
        });

    private static Item Read(NpgsqlDataReader row) =>
        new()
        {
            Id = row.GetInt32(0),
            Name = row.GetString(1),
            Description = row.IsDBNull(2) ? null : row.GetString(2),
            Price = row.GetDecimal(3),
            Tax = row.IsDBNull(4) ? null : row.GetDecimal(4),
            IsOffer = row.GetBoolean(5),
            Version = row.GetInt32(6),
        };
}
