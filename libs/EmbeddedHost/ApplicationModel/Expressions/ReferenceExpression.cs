using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A string made from text and from values that may only be known once the application runs.</summary>
[DebuggerDisplay("{ValueExpression}")]
public class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    /// <summary>The expression without a value.</summary>
    public static readonly ReferenceExpression Empty = new("", [], []);

    private readonly string? _conditionName;

    private ReferenceExpression(string format, IReadOnlyList<IValueProvider> valueProviders, IReadOnlyList<string?> stringFormats)
    {
        Format = format;
        ValueProviders = valueProviders;
        StringFormats = stringFormats;
        ManifestExpressions = [.. valueProviders.Select(Expression)];
    }

    private ReferenceExpression(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
        : this("", [.. whenTrue.ValueProviders, .. whenFalse.ValueProviders], [])
    {
        Condition = condition;
        MatchValue = matchValue;
        WhenTrue = whenTrue;
        WhenFalse = whenFalse;
        ManifestExpressions = [];
        _conditionName = ConditionName.Of(Expression(condition), matchValue, whenTrue.ValueExpression, whenFalse.ValueExpression);
    }

    /// <summary>The text, with <c>{0}</c>, <c>{1}</c> … where values stand.</summary>
    public string Format { get; }

    /// <summary>The values, in the order of their numbers.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    /// <summary>The values' own expressions, in the same order.</summary>
    public IReadOnlyList<string> ManifestExpressions { get; }

    /// <summary>How each value is written, in the same order: <c>uri</c>, or null for as it is.</summary>
    public IReadOnlyList<string?> StringFormats { get; }

    /// <summary>Whether it is one of two expressions, by the value of a condition.</summary>
    public bool IsConditional => Condition is not null;

    /// <summary>What decides between the two; null if it isn't conditional.</summary>
    public IValueProvider? Condition { get; }

    /// <summary>The value of the condition that picks <see cref="WhenTrue"/>, whatever its case.</summary>
    public string? MatchValue { get; }

    /// <summary>The expression if the condition has the value.</summary>
    public ReferenceExpression? WhenTrue { get; }

    /// <summary>The expression if it has another.</summary>
    public ReferenceExpression? WhenFalse { get; }

    /// <inheritdoc />
    public string ValueExpression => _conditionName is { } name
        ? $"{{{name}.connectionString}}"
        : string.Format(CultureInfo.InvariantCulture, Format, [.. ManifestExpressions]);

    /// <summary>What a manifest calls the expression if it is conditional.</summary>
    internal string? ConditionalName => _conditionName;

    IEnumerable<object> IValueWithReferences.References => IsConditional ? [Condition!, WhenTrue!, WhenFalse!] : ValueProviders;

    /// <summary>Makes an expression from an interpolated string.</summary>
    /// <param name="handler">The interpolated string.</param>
    /// <returns>The expression.</returns>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Build();

    /// <summary>Makes an expression that is one of two, by the value of a condition.</summary>
    /// <param name="condition">What decides.</param>
    /// <param name="matchValue">The value that picks the first, whatever its case.</param>
    /// <param name="whenTrue">The first.</param>
    /// <param name="whenFalse">The second.</param>
    /// <returns>The expression.</returns>
    public static ReferenceExpression CreateConditional(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentException.ThrowIfNullOrEmpty(matchValue);
        ArgumentNullException.ThrowIfNull(whenTrue);
        ArgumentNullException.ThrowIfNull(whenFalse);
        return new(condition, matchValue, whenTrue, whenFalse);
    }

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(new(), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) =>
        (await ValueResolver.ResolveAsync(this, context, cancellationToken).ConfigureAwait(false)).Text;

    internal static ReferenceExpression Create(string format, IReadOnlyList<IValueProvider> valueProviders, IReadOnlyList<string?> stringFormats) =>
        new(format, valueProviders, stringFormats);

    private static string Expression(IValueProvider value) => value is IManifestExpressionProvider provider ? provider.ValueExpression : value.GetType().Name;

    /// <summary>Collects the parts of an interpolated string.</summary>
    /// <param name="literalLength">The length of the text in it.</param>
    /// <param name="formattedCount">How many values are in it.</param>
    [InterpolatedStringHandler]
    [SuppressMessage("Design", "CA1034:Nested types should not be visible", Justification = "Part of Aspire's API.")]
    public ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly ExpressionParts _parts = new(literalLength, formattedCount);

        /// <summary>Adds text.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendLiteral(string value) => _parts.AddText(value);

        /// <summary>Adds a string as text.</summary>
        /// <param name="value">The string.</param>
        public readonly void AppendFormatted(string? value) => _parts.AddText(value);

        /// <summary>Adds a string as text, written as a format says.</summary>
        /// <param name="value">The string.</param>
        /// <param name="format">The format: <c>uri</c>, or null for as it is.</param>
        public readonly void AppendFormatted(string? value, string? format = null) => _parts.AddText(value, format);

        /// <summary>Adds a value.</summary>
        /// <typeparam name="T">The value's type.</typeparam>
        /// <param name="valueProvider">The value.</param>
        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider);

        /// <summary>Always fails: a whole expression can't be formatted.</summary>
        /// <param name="valueProvider">The expression.</param>
        /// <param name="format">The format.</param>
        /// <exception cref="InvalidOperationException">Always.</exception>
        [Obsolete("A whole expression takes no format: give its parts.", error: true)]
        public void AppendFormatted(ReferenceExpression valueProvider, string format) => _parts.AddValue(valueProvider, format);

        /// <summary>Adds a value, written as a format says.</summary>
        /// <typeparam name="T">The value's type.</typeparam>
        /// <param name="valueProvider">The value.</param>
        /// <param name="format">The format: <c>uri</c>, or null for as it is.</param>
        public void AppendFormatted<T>(T valueProvider, string? format = null) where T : IValueProvider, IManifestExpressionProvider =>
            _parts.AddValue(valueProvider, format);

        /// <summary>Adds the value of a resource.</summary>
        /// <typeparam name="T">The resource's type.</typeparam>
        /// <param name="valueProvider">The resource.</param>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider) where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _parts.AddValue(valueProvider);

        /// <summary>Adds the value of a resource, written as a format says.</summary>
        /// <typeparam name="T">The resource's type.</typeparam>
        /// <param name="valueProvider">The resource.</param>
        /// <param name="format">The format: <c>uri</c>, or null for as it is.</param>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null) where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _parts.AddValue(valueProvider, format);

        internal readonly ReferenceExpression Build() => _parts.Build();
    }
}
