namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something with a value that may only be known once the application runs.</summary>
public interface IValueProvider
{
    /// <summary>Waits until the value is known, and returns it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The value, or null if there is none.</returns>
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);

    /// <summary>Waits until the value is known as seen by a caller on a network, and returns it.</summary>
    /// <param name="context">Who asks, and from where.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The value, or null if there is none.</returns>
    ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) => GetValueAsync(cancellationToken);
}
