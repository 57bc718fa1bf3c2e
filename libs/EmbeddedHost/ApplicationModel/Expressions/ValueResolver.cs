using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value, and whether it holds a secret.</summary>
internal readonly record struct ResolvedValue(string? Text, bool IsSecret);

/// <summary>Finds out values, all parts of an expression at once, and keeps track of secrets in them.</summary>
internal static class ValueResolver
{
    public static async ValueTask<ResolvedValue> ResolveAsync(IValueProvider value, ValueProviderContext context, CancellationToken cancellationToken)
    {
        switch (value)
        {
            case ConnectionStringReference { Resource: var resource } reference:
                return reference.Checked(await ResolveAsync(resource, context, cancellationToken).ConfigureAwait(false));
            case IResourceWithConnectionString resource and not ParameterResource:
                return await ResolveAsync(resource.ConnectionStringExpression, context, cancellationToken).ConfigureAwait(false);
            case ReferenceExpression { Condition: { } condition } expression:
                var decided = await ResolveAsync(condition, context, cancellationToken).ConfigureAwait(false);
                var isMatch = string.Equals(decided.Text, expression.MatchValue, StringComparison.OrdinalIgnoreCase);
                return await ResolveAsync(isMatch ? expression.WhenTrue! : expression.WhenFalse!, context, cancellationToken).ConfigureAwait(false);
            case ReferenceExpression expression:
                return await FormatAsync(expression, context, cancellationToken).ConfigureAwait(false);
            default:
                var found = await value.GetValueAsync(context, cancellationToken).ConfigureAwait(false);
                return new(found, value is ParameterResource { Secret: true } or SecretText);
        }
    }

    private static async Task<ResolvedValue> FormatAsync(ReferenceExpression expression, ValueProviderContext context, CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(expression.ValueProviders.Select(part => ResolveAsync(part, context, cancellationToken).AsTask())).ConfigureAwait(false);
        if (expression.Format.Length == 0)
        {
            return new(null, false);
        }

        var texts = parts.Select(object? (part, i) => part.Text is { } text ? ValueFormat.Apply(text, expression.StringFormats[i]) : null).ToArray();
        return new(string.Format(CultureInfo.InvariantCulture, expression.Format, texts), parts.Any(part => part.IsSecret));
    }
}
