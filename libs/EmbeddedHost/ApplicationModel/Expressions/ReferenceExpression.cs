using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A text with values in it that may only be known once the application runs: <c>ReferenceExpression.Create($"Host={endpoint}")</c>.</summary>
public class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    /// <summary>The empty text.</summary>
    public static readonly ReferenceExpression Empty = new("", []);

    private ReferenceExpression(string format, IReadOnlyList<IValueProvider> valueProviders)
    {
        Format = format;
        ValueProviders = valueProviders;
        ManifestExpressions = [.. valueProviders.Select(v => v is IManifestExpressionProvider e ? e.ValueExpression : "")];
    }

    /// <summary>The text, with <c>{0}</c>, <c>{1}</c>, … where values go.</summary>
    public string Format { get; }

    /// <summary>The values.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    /// <summary>The values' expressions.</summary>
    public IReadOnlyList<string> ManifestExpressions { get; }

    /// <inheritdoc />
    public string ValueExpression => string.Format(CultureInfo.InvariantCulture, Format, [.. ManifestExpressions]);

    IEnumerable<object> IValueWithReferences.References => ValueProviders;

    /// <summary>Makes an expression of an interpolated string.</summary>
    /// <param name="handler">The string.</param>
    /// <returns>The expression.</returns>
    [SuppressMessage("Design", "CA1045:Do not pass types by reference", Justification = "Interpolated string handlers are passed so.")]
    public static ReferenceExpression Create(ref ExpressionInterpolatedStringHandler handler) => handler.Build();

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(new(), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        if (Format.Length == 0)
        {
            return null;
        }

        var values = await Task.WhenAll(ValueProviders.Select(v => v.GetValueAsync(context, cancellationToken).AsTask())).ConfigureAwait(false);
        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    internal static ReferenceExpression Create(string format, IReadOnlyList<IValueProvider> valueProviders) => new(format, valueProviders);

    /// <summary>Collects an interpolated string.</summary>
    /// <param name="literalLength">The length of its text.</param>
    /// <param name="formattedCount">The number of its values.</param>
    [InterpolatedStringHandler]
    [SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "A handler is never compared.")]
    public ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly ExpressionParts _parts = new(literalLength, formattedCount);

        /// <summary>Adds text.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendLiteral(string value) => _parts.AddText(value);

        /// <summary>Adds a text that is known now.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendFormatted(string? value) => _parts.AddText(value);

        /// <summary>Adds a value.</summary>
        /// <typeparam name="T">Its type.</typeparam>
        /// <param name="valueProvider">The value.</param>
        public readonly void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider);

        /// <summary>Adds the value that a resource has.</summary>
        /// <typeparam name="T">Its type.</typeparam>
        /// <param name="valueProvider">The resource.</param>
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider) where T : IResource, IValueProvider, IManifestExpressionProvider
        {
            ArgumentNullException.ThrowIfNull(valueProvider);
            _parts.AddValue(valueProvider.Resource);
        }

        internal readonly ReferenceExpression Build() => _parts.Build();
    }
}
