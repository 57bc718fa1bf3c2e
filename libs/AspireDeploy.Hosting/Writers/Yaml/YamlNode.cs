using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace AspireDeploy.Writers.Yaml;

/// <summary>
/// A piece of a YAML document: <see cref="YamlText"/>, <see cref="YamlNumber"/>, <see cref="YamlFlag"/>, <see cref="YamlList"/> or
/// <see cref="YamlMap"/>.
/// </summary>
internal abstract class YamlNode
{
    /// <summary>Returns a text stands for itself, whatever is in it; no text for no node.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator YamlNode?(string? text) => text is null ? null : new YamlText(text);

    /// <summary>Returns a whole number.</summary>
    public static implicit operator YamlNode(long number) => new YamlNumber(number);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static implicit operator YamlNode(bool flag) => new YamlFlag(flag);
}

/// <summary>Text that any reader of YAML 1.1 or 1.2 gets back as the same text.</summary>
internal sealed class YamlText(string text) : YamlNode
{
    /// <summary>Gets the text.</summary>
    public string Text { get; } = text;

    /// <summary>Gets a value that indicates whether it is quoted even where it needn't be.</summary>
    public bool Quoted { get; init; }
}

/// <summary>A whole number.</summary>
internal sealed class YamlNumber(long number) : YamlNode
{
    /// <summary>Gets the number.</summary>
    public long Number { get; } = number;
}

/// <summary>A number that needn't be whole.</summary>
internal sealed class YamlDecimal(decimal number) : YamlNode
{
    /// <summary>Gets the number.</summary>
    public decimal Number { get; } = number;
}

/// <summary>A truth value.</summary>
internal sealed class YamlFlag(bool flag) : YamlNode
{
    /// <summary>Gets the value.</summary>
    public bool Flag { get; } = flag;
}

/// <summary>A list, in order.</summary>
internal sealed class YamlList : YamlNode, IEnumerable<YamlNode>
{
    private readonly List<YamlNode> _items = [];

    /// <summary>Returns an empty list.</summary>
    public YamlList() { }

    /// <summary>Returns a list of texts.</summary>
    public YamlList(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        foreach (var text in texts)
            Add(text);
    }

    /// <summary>Gets how many items.</summary>
    public int Count => _items.Count;

    /// <summary>Gets a value that indicates whether it is written on one line, <c>["a", "b"]</c>, as commands are.</summary>
    public bool Flow { get; init; }

    /// <summary>Adds an item.</summary>
    public void Add(YamlNode item) => _items.Add(item);

    /// <inheritdoc />
    public IEnumerator<YamlNode> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A map, in the order in which its entries were added.</summary>
internal sealed class YamlMap : YamlNode, IEnumerable<YamlEntry>
{
    private readonly List<YamlEntry> _entries = [];

    /// <summary>Gets how many entries.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds an entry, or nothing when there is no value.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value; null adds nothing.</param>
    /// <param name="comment">What stands above it as a comment, if anything.</param>
    /// <param name="gap">Whether an empty line stands above it.</param>
    public void Add(string key, YamlNode? value, string? comment = null, bool gap = false)
    {
        if (value is not null)
            _entries.Add(new(key, value, comment, gap));
    }

    /// <inheritdoc />
    public IEnumerator<YamlEntry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>An entry of a <see cref="YamlMap"/>.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value.</param>
/// <param name="Comment">What stands above it as a comment, lines parted by <c>\n</c>; null: nothing.</param>
/// <param name="Gap">Whether an empty line stands above it.</param>
internal sealed record YamlEntry(string Key, YamlNode Value, string? Comment, bool Gap);
