using System.ComponentModel.DataAnnotations;

namespace AspireDeploy.Api.Items;

/// <summary>Text that PostgreSQL can keep: any, but for the character U+0000.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class TextAttribute() : ValidationAttribute("It must not contain the character U+0000.")
{
    /// <inheritdoc />
    public override bool IsValid(object? value) => value is not string text || !text.Contains('\0', StringComparison.Ordinal);
}
