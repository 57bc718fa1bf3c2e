using System.Collections;

namespace AspireDeploy.Writers.Bicep;

/// <summary>
/// A value in Bicep: <see cref="BicepText"/>, <see cref="BicepCode"/>, <see cref="BicepLines"/>, <see cref="BicepNumber"/>,
/// <see cref="BicepTruth"/>, <see cref="BicepObject"/> or <see cref="BicepArray"/>.
/// </summary>
internal abstract class BicepValue
{
    /// <summary>Returns a text stands for itself.</summary>
    public static implicit operator BicepValue(string text) => BicepText.Create([new BicepLiteral(text)]);

    /// <summary>Returns a whole number.</summary>
    public static implicit operator BicepValue(int number) => new BicepNumber(number);

    /// <summary>Returns a truth value.</summary>
    public static implicit operator BicepValue(bool truth) => new BicepTruth(truth);
}

/// <summary>Text, perhaps with expressions in it: <c>'https://${host}'</c>.</summary>
internal sealed class BicepText : BicepValue
{
    private BicepText(IReadOnlyList<BicepTextPart> parts) => Parts = parts;

    /// <summary>Gets its parts in order; neighbouring literals are joined, and none is empty.</summary>
    public IReadOnlyList<BicepTextPart> Parts { get; }

    /// <summary>Gets a value that indicates whether no expression is in it.</summary>
    public bool IsLiteral => Parts.All(static part => part is BicepLiteral);

    /// <summary>Returns a text of parts; a lone expression is that expression itself.</summary>
    public static BicepValue Create(params IEnumerable<BicepTextPart> parts)
    {
        var joined = new List<BicepTextPart>();
        foreach (var part in parts)
        {
            if (part is BicepLiteral { Text: "" })
                continue;
            if (part is BicepLiteral next && joined is [.., BicepLiteral last])
                joined[^1] = new BicepLiteral(last.Text + next.Text);
            else
                joined.Add(part);
        }
        return joined is [BicepInterpolation only] ? only.Code : new BicepText(joined);
    }
}

/// <summary>A part of a text: <see cref="BicepLiteral"/> or <see cref="BicepInterpolation"/>.</summary>
internal abstract record BicepTextPart
{
    /// <summary>Text as it is.</summary>
    public static implicit operator BicepTextPart(string text) => new BicepLiteral(text);

    /// <summary>Returns the value of an expression.</summary>
    public static implicit operator BicepTextPart(BicepCode code) => new BicepInterpolation(code);
}

/// <summary>Text as it is.</summary>
/// <param name="Text">Any text.</param>
internal sealed record BicepLiteral(string Text) : BicepTextPart;

/// <summary>The value of an expression.</summary>
/// <param name="Code">The expression.</param>
internal sealed record BicepInterpolation(BicepCode Code) : BicepTextPart;

/// <summary>An expression, as Bicep has it: a parameter's name, <c>resourceGroup().location</c>.</summary>
/// <param name="text">The expression.</param>
internal sealed class BicepCode(string text) : BicepValue
{
    /// <summary>Gets the expression.</summary>
    public string Text { get; } = text;
}

/// <summary>Lines as they are, such as a script.</summary>
/// <param name="text">The lines; three quotes in a row, or one at the end, can't be written so.</param>
internal sealed class BicepLines(string text) : BicepValue
{
    /// <summary>Gets the lines.</summary>
    public string Text { get; } =
        text.Contains("'''", StringComparison.Ordinal) || text.EndsWith('\'')
            ? throw new ArgumentException("Three quotes in a row, or one at the end, can't be written.", nameof(text))
            : text;
}

/// <summary>A whole number.</summary>
/// <param name="value">The number.</param>
internal sealed class BicepNumber(long value) : BicepValue
{
    /// <summary>Gets the number.</summary>
    public long Value { get; } = value;
}

/// <summary>A truth value.</summary>
/// <param name="value">Which.</param>
internal sealed class BicepTruth(bool value) : BicepValue
{
    /// <summary>Gets which.</summary>
    public bool Value { get; } = value;
}

/// <summary>Properties with values, in the order in which they were added.</summary>
internal sealed class BicepObject : BicepValue, IEnumerable<BicepProperty>
{
    private readonly List<BicepProperty> _properties = [];

    /// <summary>Adds a property, or nothing when there is no value.</summary>
    /// <param name="name">Its name; any text.</param>
    /// <param name="value">Its value; null adds nothing.</param>
    public void Add(string name, BicepValue? value) => Add((BicepValue)name, value);

    /// <summary>Adds a property whose name may be an expression, or nothing when there is no value.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; null adds nothing.</param>
    /// <param name="unless">The linter's rule that doesn't apply to it; null: all do.</param>
    public void Add(BicepValue name, BicepValue? value, string? unless = null)
    {
        if (value is not null)
            _properties.Add(new(name, value, unless));
    }

    /// <inheritdoc />
    public IEnumerator<BicepProperty> GetEnumerator() => _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A property of an object.</summary>
/// <param name="Name">Its name: text, or an expression.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unless">The linter's rule that doesn't apply to it; null: all do.</param>
internal sealed record BicepProperty(BicepValue Name, BicepValue Value, string? Unless);

/// <summary>Values in order.</summary>
internal sealed class BicepArray : BicepValue, IEnumerable<BicepValue>
{
    private readonly List<BicepValue> _items = [];

    /// <summary>Returns an empty array.</summary>
    public BicepArray() { }

    /// <summary>Returns an array of <paramref name="items"/>.</summary>
    public BicepArray(IEnumerable<BicepValue> items) => _items.AddRange(items);

    /// <summary>Gets how many.</summary>
    public int Count => _items.Count;

    /// <summary>Itself; null when it is empty, for properties that are then left out.</summary>
    public BicepArray? OrNothing => Count == 0 ? null : this;

    /// <summary>Adds a value, or nothing when there is none.</summary>
    public void Add(BicepValue? item)
    {
        if (item is not null)
            _items.Add(item);
    }

    /// <inheritdoc />
    public IEnumerator<BicepValue> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
