using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace AspireDeploy.Api.Items;

/// <summary>
/// Which versions of an item a client is willing to change: the header <c>If-Match</c> (RFC 9110, 13.1.1).
/// </summary>
/// <param name="Any">Whether any version will do: the header is <c>*</c>.</param>
/// <param name="Versions">The versions that will do otherwise; a tag that isn't one of ours matches none.</param>
internal sealed record Precondition(bool Any, int[] Versions)
{
    /// <summary>No condition at all.</summary>
    internal static readonly Precondition None = new(true, []);

    /// <summary>A request's condition, or null when it has none.</summary>
    internal static Precondition? From(string? ifMatch)
    {
        if (ifMatch is null) return null;
        if (!EntityTagHeaderValue.TryParseList([ifMatch], out var tags)) return new(false, []);
        if (tags.Any(tag => tag.Tag == "*")) return None;
        return new(false, [.. tags.Where(tag => !tag.IsWeak).Select(tag => Version(tag.Tag.ToString())).OfType<int>()]);
    }

    /// <summary>Whether the client already has a version: the header <c>If-None-Match</c> (RFC 9110, 13.1.2), which compares weakly.</summary>
    internal static bool HasAlready(string? ifNoneMatch, StoredItem item) => ifNoneMatch is not null
        && EntityTagHeaderValue.TryParseList([ifNoneMatch], out var tags)
        && tags.Any(tag => tag.Tag == "*" || tag.Tag == item.ETag.ToString());

    // Only a tag that is, character for character, what the version was answered with.
    private static int? Version(string tag) =>
        int.TryParse(tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && tag == StoredItem.EntityTag(version) ? version : null;
}
