using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;

namespace AspireDeploy.Bench.ApiReference;

/// <summary>The Api's query for one item, written by hand.</summary>
internal sealed class ItemQuery(NpgsqlDataSource catalog)
{
    private const string Columns = "id, name, description, price, tax, is_offer, version";

    private static readonly ItemJson Json = new(
        new JsonSerializerOptions(ItemJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

    /// <summary>Returns one item's JSON.</summary>
    public async Task<byte[]> OneAsync(int id)
    {
        await using var command = catalog.CreateCommand($"SELECT {Columns} FROM items WHERE id = $1 LIMIT 1");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? Read(reader) : throw new KeyNotFoundException($"There is no item {id}.");
    }

    /// <summary>Returns every item's JSON, by its number.</summary>
    public async Task<Dictionary<int, byte[]>> AllAsync()
    {
        var items = new Dictionary<int, byte[]>();
        await using var command = catalog.CreateCommand($"SELECT {Columns} FROM items");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            items[reader.GetInt32(0)] = Read(reader);
        return items;
    }

    private static byte[] Read(NpgsqlDataReader row) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Item(
                row.GetInt32(0),
                row.GetString(1),
                row.IsDBNull(2) ? null : row.GetString(2),
                row.GetDecimal(3) / 1.000000000000000000000000000m,
                row.IsDBNull(4) ? null : row.GetDecimal(4) / 1.000000000000000000000000000m,
                row.GetBoolean(5)
            ),
            Json.Item
        );
}

/// <summary>An item as the Api answers it.</summary>
internal sealed record Item(int Id, string Name, string? Description, decimal Price, decimal? Tax, bool IsOffer);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Item))]
internal sealed partial class ItemJson : JsonSerializerContext;
