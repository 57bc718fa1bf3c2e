using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace AspireDeploy.Api.Items;

/// <summary>
/// Where a page of items begins: what the page before says in its <c>next</c>. To a client it means nothing; it is the number of the last
/// item that was seen.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CursorAttribute() : ValidationAttribute("It must be as the page before says in its next.")
{
    /// <inheritdoc />
    public override bool IsValid(object? value) => value is not string cursor || TryRead(cursor, out _);

    /// <summary>The number that items on the page are above.</summary>
    internal static int Read(string? cursor) => cursor is not null && TryRead(cursor, out var after) ? after : 0;

    private static bool TryRead(string cursor, out int after) =>
        int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after);
}
