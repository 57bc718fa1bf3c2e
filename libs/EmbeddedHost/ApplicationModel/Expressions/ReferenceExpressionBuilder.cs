using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Writes an expression part by part.</summary>
public class ReferenceExpressionBuilder
{
    private readonly ExpressionParts _parts = new();

    /// <summary>Whether nothing has been written.</summary>
    public bool IsEmpty => _parts.IsEmpty;

    /// <summary>Adds an interpolated string.</summary>
    /// <param name="handler">The interpolated string.</param>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The handler has added to this builder.")]
    public void Append([InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler)
    {
    }

    /// <summary>Adds text.</summary>
    /// <param name="value">The text.</param>
    public void AppendLiteral(string value) => _parts.AddText(value);

    /// <summary>Adds a string as text.</summary>
    /// <param name="value">The string.</param>
    public void AppendFormatted(string? value) => _parts.AddText(value);

    /// <summary>Adds a string as text, written as a format says.</summary>
    /// <param name="value">The string.</param>
    /// <param name="format">The format: <c>uri</c>, or null for as it is.</param>
    public void AppendFormatted(string? value, string? format = null) => _parts.AddText(value, format);

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
    public void AppendFormatted<T>(T valueProvider, string? format) where T : IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider, format);

    /// <summary>Adds anything with a value and an expression, or a builder of such a resource.</summary>
    /// <param name="valueProvider">The value.</param>
    /// <param name="format">The format: <c>uri</c>, or null for as it is.</param>
    /// <exception cref="ArgumentException">It has no value, or no expression.</exception>
    public void AppendValueProvider(object valueProvider, string? format = null) => _parts.AddValue(valueProvider, format);

    /// <summary>Makes the expression.</summary>
    /// <returns>The expression.</returns>
    public ReferenceExpression Build() => _parts.Build();

    /// <summary>Collects the parts of an interpolated string for a builder.</summary>
    [InterpolatedStringHandler]
    [SuppressMessage("Design", "CA1034:Nested types should not be visible", Justification = "Part of Aspire's API.")]
    public ref struct ReferenceExpressionBuilderInterpolatedStringHandler
    {
        private readonly ReferenceExpressionBuilder _builder;

        /// <summary>Begins an interpolated string.</summary>
        /// <param name="literalLength">The length of the text in it.</param>
        /// <param name="formattedCount">How many values are in it.</param>
        /// <param name="builder">The builder.</param>
        [SuppressMessage("Style", "IDE0060:Remove unused parameter", Justification = "The compiler passes them.")]
        public ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder) => _builder = builder;

        /// <summary>Adds text.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendLiteral(string value) => _builder.AppendLiteral(value);

        /// <summary>Adds a string as text.</summary>
        /// <param name="value">The string.</param>
        public readonly void AppendFormatted(string? value) => _builder.AppendFormatted(value);

        /// <summary>Adds a string as text, written as a format says.</summary>
        /// <param name="value">The string.</param>
        /// <param name="format">The format: <c>uri</c>.</param>
        public void AppendFormatted(string? value, string format) => _builder.AppendFormatted(value, format);

        /// <summary>Adds a value.</summary>
        /// <typeparam name="T">The value's type.</typeparam>
        /// <param name="valueProvider">The value.</param>
        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider);

        /// <summary>Always fails: a whole expression can't be formatted.</summary>
        /// <param name="valueProvider">The expression.</param>
        /// <param name="format">The format.</param>
        /// <exception cref="InvalidOperationException">Always.</exception>
        [Obsolete("A whole expression takes no format: give its parts.", error: true)]
        public void AppendFormatted(ReferenceExpression valueProvider, string format) => _builder.AppendFormatted(valueProvider, format);

        /// <summary>Adds a value, written as a format says.</summary>
        /// <typeparam name="T">The value's type.</typeparam>
        /// <param name="valueProvider">The value.</param>
        /// <param name="format">The format: <c>uri</c>, or null for as it is.</param>
        public void AppendFormatted<T>(T valueProvider, string? format) where T : IValueProvider, IManifestExpressionProvider =>
            _builder.AppendFormatted(valueProvider, format);

        /// <summary>Adds the value of a resource.</summary>
        /// <typeparam name="T">The resource's type.</typeparam>
        /// <param name="valueProvider">The resource.</param>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider) where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _builder.AppendValueProvider(valueProvider);

        /// <summary>Adds the value of a resource, written as a format says.</summary>
        /// <typeparam name="T">The resource's type.</typeparam>
        /// <param name="valueProvider">The resource.</param>
        /// <param name="format">The format: <c>uri</c>, or null for as it is.</param>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format) where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _builder.AppendValueProvider(valueProvider, format);
    }
}
