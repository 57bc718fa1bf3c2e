using System.ComponentModel.DataAnnotations;

namespace AspireDeploy.Api.Items;

/// <summary>An amount that the database keeps exactly: 0 or more, below ten thousand million, with at most two decimals.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class MoneyAttribute() : ValidationAttribute("The field {0} must be an amount from 0 to 9999999999.99 with at most two decimals.")
{
    private const decimal Most = 9_999_999_999.99m;

    /// <inheritdoc />
    public override bool IsValid(object? value) => value is not decimal amount || (amount is >= 0 and <= Most && decimal.Round(amount, 2) == amount);
}
