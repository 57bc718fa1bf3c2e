namespace Aspire.Hosting.ApplicationModel;

/// <summary>A text of the host's own that must not be shown.</summary>
internal sealed class SecretText(string text) : IValueProvider
{
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(text);
}
