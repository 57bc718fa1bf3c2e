namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that becomes known later, and may change after that.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class ValueSnapshot<T> where T : notnull
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<T> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<T> _current;

    /// <summary>Creates a snapshot without a value.</summary>
    public ValueSnapshot()
    {
        _current = _first.Task;
    }

    /// <summary>Whether the value, or the reason why there is none, is known.</summary>
    public bool IsValueSet => _first.Task.IsCompleted;

    /// <summary>Waits until the value is known, and returns the latest.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The value.</returns>
    public Task<T> GetValueAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return _current.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Sets the value.</summary>
    /// <param name="value">The value.</param>
    public void SetValue(T value)
    {
        lock (_lock)
        {
            if (!_first.TrySetResult(value))
            {
                _current = Task.FromResult(value);
            }
        }
    }

    /// <summary>Says why there is no value.</summary>
    /// <param name="exception">What those who ask for the value are given.</param>
    public void SetException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        lock (_lock)
        {
            if (!_first.TrySetException(exception))
            {
                _current = Task.FromException<T>(exception);
            }
        }
    }
}
