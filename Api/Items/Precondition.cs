using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace AspireDeploy.Api.Items;

/// <summary>
/// Which versions of an item a client is willing to change: the headers <c>If-Match</c> and <c>If-None-Match</c>
/// (RFC 9110, 13.1.1 and 13.1.2).
/// </summary>
/// <param name="Any">Whether any version will do: the header is <c>*</c>.</param>
/// <param name="Versions">The versions that will do otherwise; a tag that isn't one of ours matches none.</param>
internal sealed record Precondition(bool Any, int[] Versions)
{
    /// <summary>No condition at all.</summary>
    internal static readonly Precondition None = new(true, []);

    /// <summary>Gets whether no version will do, whichever it is: <c>If-None-Match</c> is <c>*</c>.</summary>
    internal bool NotAny { get; private init; }

    /// <summary>Gets the versions that won't do, by <c>If-None-Match</c>.</summary>
    internal int[] NotVersions { get; private init; } = [];

    /// <summary>Gets whether <c>If-None-Match</c> keeps some version from being changed.</summary>
    internal bool Excludes => NotAny || NotVersions.Length > 0;

    /// <summary>A request's condition, or null when it has none that says which version is meant.</summary>
    internal static Precondition? From(string? ifMatch, string? ifNoneMatch)
    {
        var excluded = ifNoneMatch is not null && EntityTagHeaderValue.TryParseList([ifNoneMatch], out var tags) ? tags : [];
        if (excluded.Any(static tag => tag.Tag == "*"))
            return None with { NotAny = true };
        // If-None-Match compares weakly.
        return Matching(ifMatch) is { } condition ? condition with { NotVersions = VersionsOf(excluded) } : null;
    }

    private static Precondition? Matching(string? ifMatch)
    {
        if (ifMatch is null)
            return null;
        if (!EntityTagHeaderValue.TryParseList([ifMatch], out var tags))
            return new(false, []);
        return tags.Any(static tag => tag.Tag == "*") ? None : new(false, VersionsOf(tags.Where(static tag => !tag.IsWeak)));
    }

    private static int[] VersionsOf(IEnumerable<EntityTagHeaderValue> tags) =>
        [.. tags.Select(static tag => Version(tag.Tag.ToString())).OfType<int>()];

    /// <summary>
    /// Whether the client already has a version: the header <c>If-None-Match</c> (RFC 9110, 13.1.2), which compares weakly.
    /// </summary>
    internal static bool HasAlready(string? ifNoneMatch, StoredItem item) =>
        ifNoneMatch is not null
        && EntityTagHeaderValue.TryParseList([ifNoneMatch], out var tags)
        && tags.Any(tag => tag.Tag == "*" || tag.Tag == item.ETag.ToString());

    // Only a tag that is, character for character, what the version was answered with.
    private static int? Version(string tag) =>
        int.TryParse(tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
        && tag == StoredItem.EntityTag(version)
            ? version
            : null;
}
