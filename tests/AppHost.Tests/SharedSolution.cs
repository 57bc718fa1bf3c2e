namespace AppHost.Tests;

/// <summary>One run of the solution, shared by the tests of a class or collection. Each of them leaves it healthy.</summary>
public abstract class SharedSolution(bool dashboard) : IAsyncLifetime
{
    private Solution? _solution;

    /// <summary>Gets the run; everything in it was healthy when the first test began.</summary>
    public Solution Solution => _solution ?? throw new InvalidOperationException("The solution has not been started.");

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _solution = await Solution.StartAsync(TestContext.Current.CancellationToken, dashboard, Add);
        await _solution.UntilHealthyAsync("api", TestContext.Current.CancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_solution is not null)
        {
            await _solution.DisposeAsync();
        }

        Remove();
    }

    /// <summary>Adds to what the AppHost declares.</summary>
    protected virtual void Add(IDistributedApplicationTestingBuilder builder) { }

    /// <summary>Removes what was put aside for what was added, once nothing runs any more.</summary>
    protected virtual void Remove() { }
}
