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
    [Required, StringLength(Item.NameLength), Text] string Name,
    [Required, Money] decimal? Price,
    [StringLength(Item.DescriptionLength), Text] string? Description = null,
    [Money] decimal? Tax = null,
    bool IsOffer = false);
