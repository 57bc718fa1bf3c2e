namespace AspireDeploy.Data;

/// <summary>Something the catalog offers.</summary>
public sealed class Item
{
    /// <summary>The longest name, in characters.</summary>
    public const int NameLength = 100;

    /// <summary>The longest description, in characters.</summary>
    public const int DescriptionLength = 1000;

    /// <summary>Given by the database, rising.</summary>
    public int Id { get; set; }

    /// <summary>What a person calls it.</summary>
    public required string Name { get; set; }

    /// <summary>What a person should know about it.</summary>
    public string? Description { get; set; }

    /// <summary>The net price, with two decimals.</summary>
    public decimal Price { get; set; }

    /// <summary>The tax on it, with two decimals.</summary>
    public decimal? Tax { get; set; }

    /// <summary>Whether it is on offer.</summary>
    public bool IsOffer { get; set; }

    /// <summary>How many times it was written: 1 when created. The <c>ETag</c> of its representation.</summary>
    public int Version { get; set; } = 1;
}
