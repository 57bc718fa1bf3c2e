using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Starting;
using AspireDeploy.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.Processes;

/// <summary>Holds the data directories of the servers that run as processes until the run ends: that of a server's volume, or one that goes with the run.</summary>
internal sealed class ServerData(IConfiguration configuration, IHostEnvironment host, DistributedApplicationOptions options) : IHostedService, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, DataDirectory> _held = new();

    public ToolEnvironment Tools { get; } = ToolEnvironment.ForProcess(name => configuration[name]);

    /// <summary>Gets whether this run takes free ports, as under test or with <c>--isolated</c>, to stand beside another: it shares no data with it.</summary>
    public bool IsIsolated { get; } = IsolatedRun.IsIsolated(configuration);

    /// <summary>Takes the directory of a server.</summary>
    /// <exception cref="DistributedApplicationException">Another run has it, or it can't be written.</exception>
    public DataDirectory Of(ServerProcess server) => _held.GetOrAdd(server.Name, _ => Take(server));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // What is hosted ends in reverse order: the orchestrator, and with it the servers, have been told to by then. Aspire disposes of no service when a run ends.
    public Task StopAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _held.Keys)
        {
            if (_held.TryRemove(name, out var directory))
            {
                await directory.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private DataDirectory Take(ServerProcess server) => server.Mount switch
    {
        null => DataDirectory.ThrowAway(Tools),
        _ when IsIsolated => DataDirectory.ThrowAway(Tools),
        { Type: ContainerMountType.BindMount, Source: { } source } => DataDirectory.OfBindMount(Path.GetFullPath(source, options.ProjectDirectory ?? host.ContentRootPath)),
        { } volume => DataDirectory.OfVolume(DataHome.Volume(DataHome.Solution(Tools, host.ApplicationName, Project), volume.Source ?? server.Name)),
    };

    private string Project => Path.Combine(options.ProjectDirectory ?? host.ContentRootPath, host.ApplicationName + ".csproj");
}
