using System.ComponentModel.DataAnnotations;

namespace AspireDeploy.Api.Items;

/// <summary>An amount that the database keeps exactly: 0 or more, below ten thousand million, with at most two decimals.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class MoneyAttribute() : ValidationAttribute("It must be an amount from 0 to 9999999999.99 with at most two decimals.")
{
    /// <summary>The highest amount.</summary>
    internal const decimal Most = 9_999_999_999.99m;

    /// <summary>What every amount is a multiple of.</summary>
    internal const decimal Cent = 0.01m;

    /// <inheritdoc />
    public override bool IsValid(object? value) => value is not decimal amount || (amount is >= 0 and <= Most && amount % Cent == 0);
}
