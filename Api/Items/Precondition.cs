using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace AspireDeploy.Api.Items;

/// <summary>
/// Decides by the headers <c>If-Match</c>, which compares strongly, and <c>If-None-Match</c>, which compares weakly (RFC 9110, 13.1), which
/// versions of an item a client means.
/// </summary>
internal sealed record Precondition(string IfMatch, string? IfNoneMatch)
{
    internal bool Allows(int version) => Matches(IfMatch, version, strongly: true) && !Matches(IfNoneMatch, version, strongly: false);

    /// <summary>Determines whether a header names a version, or any with <c>*</c>.</summary>
    internal static bool Matches(string? header, int version, bool strongly)
    {
        if (header is null || !EntityTagHeaderValue.TryParseList([header], out var tags))
            return false;
        var own = new EntityTagHeaderValue(EntityTag(version));
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || own.Compare(tag, strongly));
    }

    /// <summary>Returns a version's entity tag: a strong one, for the same version has the same bytes.</summary>
    internal static string EntityTag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
