namespace AspireDeploy.Engines.Docker;

/// <summary>
/// One engine for the tests of a class, started by the first that asks for it: <c>IClassFixture&lt;SharedDocker&gt;</c>. Tests beside each
/// other use names of their own.
/// </summary>
public sealed class SharedDocker : IAsyncDisposable
{
    private readonly SemaphoreSlim _once = new(1, 1);
    private DockerEngine? _engine;

    /// <summary>
    /// Returns the running engine. The test is skipped, or fails, where there can be none: see <see cref="Engine.Missing"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for it to answer.</param>
    public async Task<DockerEngine> StartedAsync(CancellationToken cancellationToken)
    {
        await _once.WaitAsync(cancellationToken);
        try
        {
            return _engine ??= await DockerEngine.StartAsync(cancellationToken);
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>Ends the engine, if a test has asked for it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
        _once.Dispose();
    }
}
