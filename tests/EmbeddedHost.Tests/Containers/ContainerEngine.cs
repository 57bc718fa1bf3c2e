using AspireDeploy.Engines.Docker;

[assembly: AssemblyFixture(typeof(EmbeddedHost.Tests.Containers.ContainerEngine))]

namespace EmbeddedHost.Tests.Containers;

/// <summary>One Docker engine for all tests of containers. Applications in this process find it as any AppHost does, by the environment.</summary>
public sealed class ContainerEngine : IAsyncDisposable
{
    private readonly SharedDocker _docker = new();

    public async Task<DockerEngine> StartedAsync()
    {
        var engine = await _docker.StartedAsync(TestContext.Current.CancellationToken);
        foreach (var (name, value) in engine.Environment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        return engine;
    }

    public ValueTask DisposeAsync() => _docker.DisposeAsync();
}
