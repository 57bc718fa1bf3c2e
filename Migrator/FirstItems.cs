using Npgsql;

namespace AspireDeploy.Migrator;

/// <summary>
/// The items that a new catalog starts with. They are written once: what a person changes or deletes afterwards stays so.
/// </summary>
internal static class FirstItems
{
    /// <summary>The name under which <c>applied_seeds</c> remembers them.</summary>
    internal const string Name = "first-items";

    // One statement, so it happens whole or not at all.
    private const string Write = $"""
        WITH seed AS (
            INSERT INTO applied_seeds (name, applied_at) VALUES ('{Name}', now()) ON CONFLICT (name) DO NOTHING RETURNING name
        )
        INSERT INTO items (name, description, price, tax, is_offer)
        SELECT item.name, item.description, item.price, item.tax, item.is_offer
        FROM seed, (VALUES
            (1, 'Desk lamp', 'Warm light, dimmable.', 39.90, 7.58, false),
            (2, 'Mechanical keyboard', NULL, 119.00, 22.61, true),
            (3, 'Notebook', 'A5, dotted, 192 pages.', 8.50, NULL, false)
        ) AS item (place, name, description, price, tax, is_offer)
        ORDER BY item.place
        """;

    /// <summary>Writes them unless they were written before.</summary>
    /// <returns>How many were written.</returns>
    internal static async Task<int> WriteAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Write, connection);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
