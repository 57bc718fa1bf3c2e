using System.ComponentModel.DataAnnotations;
using AspireDeploy.Data;

namespace AspireDeploy.Api.Items;

/// <summary>What a client says about an item.</summary>
/// <param name="Name">What a person calls it, 1 to 100 characters.</param>
/// <param name="Price">The net price, 0 or more, with at most two decimals.</param>
/// <param name="Description">What a person should know about it, at most 1000 characters.</param>
/// <param name="Tax">The tax on it, 0 or more, with at most two decimals.</param>
/// <param name="IsOffer">Whether it is on offer.</param>
public sealed record ItemInput(
    [property:
        Required(ErrorMessage = ItemInput.Missing),
        StringLength(Item.NameLength, MinimumLength = 1, ErrorMessage = ItemInput.TooLong),
        Text
    ]
        string Name,
    [property: Required(ErrorMessage = ItemInput.Missing), Money] decimal? Price,
    [property: StringLength(Item.DescriptionLength, ErrorMessage = ItemInput.TooLong), Text] string? Description = null,
    [property: Money] decimal? Tax = null,
    bool IsOffer = false
)
{
    // An error stands beside its field's name as the client wrote it; the stock messages would repeat it as C# does.
    private const string Missing = "It must be given.";
    private const string TooLong = "It must have at most {1} characters.";

    /// <summary>Puts what the client says on an item.</summary>
    internal Item ApplyTo(Item item)
    {
        item.Name = Name;
        item.Description = Description;
        item.Price = Price ?? 0;
        item.Tax = Tax;
        item.IsOffer = IsOffer;
        return item;
    }
}
