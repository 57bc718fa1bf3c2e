using AspireDeploy.Api.Tests;

[assembly: AssemblyFixture(typeof(SharedReplicas))]

namespace AspireDeploy.Api.Tests;

/// <summary>
/// Two replicas on one backing, for all tests that leave them as they are. Started by the first test that asks, so a test without engines
/// is skipped by itself.
/// </summary>
public sealed class SharedReplicas : IAsyncDisposable
{
    private readonly Lazy<Task<Running>> _running = new(StartAsync);

    /// <summary>A client of the replica named <c>first</c>.</summary>
    public async Task<HttpClient> FirstAsync() => (await _running.Value).First.Client;

    /// <summary>A client of the replica named <c>second</c>.</summary>
    public async Task<HttpClient> SecondAsync() => (await _running.Value).Second.Client;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_running.IsValueCreated || !_running.Value.IsCompletedSuccessfully)
            return;
        var running = await _running.Value;
        await running.First.DisposeAsync();
        await running.Second.DisposeAsync();
        await running.Backing.DisposeAsync();
    }

    private static async Task<Running> StartAsync()
    {
        var backing = await Backing.StartAsync(CancellationToken.None);
        var first = Replica.StartAsync(backing.Environment, "first", CancellationToken.None);
        return new(backing, await first, await Replica.StartAsync(backing.Environment, "second", CancellationToken.None));
    }

    private sealed record Running(Backing Backing, Replica First, Replica Second);
}
