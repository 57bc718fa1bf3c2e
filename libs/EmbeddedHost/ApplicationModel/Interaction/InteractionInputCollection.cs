using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Aspire.Hosting;

/// <summary>Inputs, in order, each found by its name without regard to case.</summary>
public sealed class InteractionInputCollection : IReadOnlyList<InteractionInput>
{
    private readonly IReadOnlyList<InteractionInput> _inputs;
    private readonly Dictionary<string, InteractionInput> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Creates a collection.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <exception cref="InvalidOperationException">Two inputs have the same name.</exception>
    public InteractionInputCollection(IReadOnlyList<InteractionInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        _inputs = [.. inputs];
        foreach (var input in _inputs)
            if (!_byName.TryAdd(input.Name, input))
                throw new InvalidOperationException($"Two inputs are named '{input.Name}'. Give each a name of its own.");
    }

    /// <summary>Finds an input by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such input.</exception>
    public InteractionInput this[string name] => _byName.TryGetValue(name, out var input)
        ? input
        : throw new KeyNotFoundException($"There is no input '{name}' among: {string.Join(", ", Names)}.");

    /// <summary>The input at a place.</summary>
    /// <param name="index">The place, from 0.</param>
    public InteractionInput this[int index] => _inputs[index];

    /// <summary>How many there are.</summary>
    public int Count => _inputs.Count;

    /// <summary>Their names, in order.</summary>
    public IEnumerable<string> Names => _inputs.Select(i => i.Name);

    /// <summary>Finds an input by its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="input">The input, if there is one.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGetByName(string name, [NotNullWhen(true)] out InteractionInput? input) => _byName.TryGetValue(name, out input);

    /// <summary>Whether there is an input of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether there is one.</returns>
    public bool ContainsName(string name) => _byName.ContainsKey(name);

    /// <summary>The value of an input.</summary>
    /// <param name="name">The input's name.</param>
    /// <returns>The value; null if it has none.</returns>
    /// <exception cref="KeyNotFoundException">There is no such input.</exception>
    public string? GetString(string name) => this[name].Value;

    /// <summary>The value of an input, as yes or no.</summary>
    /// <param name="name">The input's name.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">There is no such input.</exception>
    /// <exception cref="InvalidOperationException">It has no value.</exception>
    /// <exception cref="FormatException">Its value is neither <c>true</c> nor <c>false</c>.</exception>
    public bool GetBoolean(string name) => bool.Parse(Required(name));

    /// <summary>The value of an input, as a whole number.</summary>
    /// <param name="name">The input's name.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">There is no such input.</exception>
    /// <exception cref="InvalidOperationException">It has no value.</exception>
    /// <exception cref="FormatException">Its value is not a whole number.</exception>
    public int GetInt32(string name) => int.Parse(Required(name), NumberStyles.Integer, CultureInfo.InvariantCulture);

    /// <summary>The value of an input, as a number.</summary>
    /// <param name="name">The input's name.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">There is no such input.</exception>
    /// <exception cref="InvalidOperationException">It has no value.</exception>
    /// <exception cref="FormatException">Its value is not a number.</exception>
    public double GetDouble(string name) => double.Parse(Required(name), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The inputs, in an array of their own.</summary>
    /// <returns>The inputs.</returns>
    public InteractionInput[] ToArray() => [.. _inputs];

    /// <inheritdoc />
    public IEnumerator<InteractionInput> GetEnumerator() => _inputs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private string Required(string name) => this[name].Value ?? throw new InvalidOperationException($"The input '{name}' has no value.");
}
