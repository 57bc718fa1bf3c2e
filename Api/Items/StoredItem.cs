using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AspireDeploy.Data;
using Microsoft.Extensions.Primitives;

namespace AspireDeploy.Api.Items;

/// <summary>An item as it is answered: the bytes of its JSON and its entity tag, made once and then sent as they are.</summary>
/// <param name="Version">How many times the item was written.</param>
/// <param name="Json">Its JSON, UTF-8.</param>
[System.ComponentModel.ImmutableObject(true)]
internal sealed record StoredItem(int Version, byte[] Json)
{
    // Text as it is, as ASP.NET Core's own answers have it, rather than fit for a place inside HTML.
    private static readonly ItemJson Written = new(
        new JsonSerializerOptions(ItemJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

    /// <summary>The value of the header <c>ETag</c>: a strong one, for the same version has the same bytes.</summary>
    public StringValues ETag { get; } = EntityTag(Version);

    internal static StoredItem Of(Item item) => new(item.Version, JsonSerializer.SerializeToUtf8Bytes(ItemView.Of(item), Written.ItemView));

    /// <summary>The entity tag of a version.</summary>
    internal static string EntityTag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
