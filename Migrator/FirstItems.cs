using AspireDeploy.Data;
using Microsoft.EntityFrameworkCore;

namespace AspireDeploy.Migrator;

/// <summary>Adds the items that a new catalog starts with. It does so once: what a person changes or deletes afterwards stays so.</summary>
internal static class FirstItems
{
    // The name under which applied_seeds remembers them.
    private const string Name = "first-items";

    internal static async Task AddAsync(DbContext catalog, Progress progress, CancellationToken cancellationToken)
    {
        if (await catalog.Set<AppliedSeed>().AnyAsync(seed => seed.Name == Name, cancellationToken))
            return;
        catalog.Add(new AppliedSeed { Name = Name, AppliedAt = DateTimeOffset.UtcNow });
        catalog.AddRange(
            new Item
            {
                Name = "Desk lamp",
                Description = "Warm light, dimmable.",
                Price = 39.90m,
                Tax = 7.58m,
            },
            new Item
            {
                Name = "Mechanical keyboard",
                Price = 119.00m,
                Tax = 22.61m,
                IsOffer = true,
            },
            new Item
            {
                Name = "Notebook",
                Description = "A5, dotted, 192 pages.",
                Price = 8.50m,
            }
        );
        var written = await catalog.SaveChangesAsync(cancellationToken);
        progress.Say($"seeded {Name}: {written - 1} items");
    }
}
