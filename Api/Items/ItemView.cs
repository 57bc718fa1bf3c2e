using AspireDeploy.Data;

namespace AspireDeploy.Api.Items;

/// <summary>An item as a client sees it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What a person calls it.</param>
/// <param name="Description">What a person should know about it.</param>
/// <param name="Price">The net price.</param>
/// <param name="Tax">The tax on it.</param>
/// <param name="IsOffer">Whether it is on offer.</param>
public sealed record ItemView(int Id, string Name, string? Description, decimal Price, decimal? Tax, bool IsOffer)
{
    internal static ItemView Of(Item item) =>
        new(item.Id, item.Name, item.Description, Plain(item.Price), item.Tax is { } tax ? Plain(tax) : null, item.IsOffer);

    // 35.40 and 35.4 are one amount and should be the same bytes, whether the database or the client wrote it.
    private static decimal Plain(decimal amount) => amount / 1.000000000000000000000000000m;
}

/// <summary>Some items in the order of their numbers.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">Where the next ones are, or null after the last.</param>
public sealed record ItemPage(IReadOnlyList<ItemView> Items, string? Next);
