using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Makes an expression piece by piece.</summary>
public class ReferenceExpressionBuilder
{
    private readonly ExpressionParts _parts = new();

    /// <summary>Whether nothing has been added yet.</summary>
    public bool IsEmpty => _parts.IsEmpty;

    /// <summary>Adds an interpolated string.</summary>
    /// <param name="handler">The string.</param>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The handler has added to this builder.")]
    [SuppressMessage("Design", "CA1045:Do not pass types by reference", Justification = "Interpolated string handlers are passed so.")]
    public void Append([InterpolatedStringHandlerArgument("")] ref ReferenceExpressionBuilderInterpolatedStringHandler handler)
    {
    }

    /// <summary>Adds text.</summary>
    /// <param name="value">The text.</param>
    public void AppendLiteral(string value) => _parts.AddText(value);

    /// <summary>Adds a text that is known now.</summary>
    /// <param name="value">The text.</param>
    public void AppendFormatted(string? value) => _parts.AddText(value);

    /// <summary>Adds a value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="valueProvider">The value.</param>
    public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider);

    /// <summary>Makes the expression.</summary>
    /// <returns>The expression.</returns>
    public ReferenceExpression Build() => _parts.Build();

    /// <summary>Collects an interpolated string into a builder.</summary>
    [InterpolatedStringHandler]
    [SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "A handler is never compared.")]
    public ref struct ReferenceExpressionBuilderInterpolatedStringHandler
    {
        private readonly ReferenceExpressionBuilder _builder;

        /// <summary>Begins to collect.</summary>
        /// <param name="literalLength">The length of the string's text.</param>
        /// <param name="formattedCount">The number of its values.</param>
        /// <param name="builder">The builder.</param>
        [SuppressMessage("Style", "IDE0060:Remove unused parameter", Justification = "The compiler passes them.")]
        public ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder) => _builder = builder;

        /// <summary>Adds text.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendLiteral(string value) => _builder.AppendLiteral(value);

        /// <summary>Adds a text that is known now.</summary>
        /// <param name="value">The text.</param>
        public readonly void AppendFormatted(string? value) => _builder.AppendFormatted(value);

        /// <summary>Adds a value.</summary>
        /// <typeparam name="T">Its type.</typeparam>
        /// <param name="valueProvider">The value.</param>
        public readonly void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider);

        /// <summary>Adds the value that a resource has.</summary>
        /// <typeparam name="T">Its type.</typeparam>
        /// <param name="valueProvider">The resource.</param>
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider) where T : IResource, IValueProvider, IManifestExpressionProvider
        {
            ArgumentNullException.ThrowIfNull(valueProvider);
            _builder.AppendFormatted(valueProvider.Resource);
        }
    }
}
