using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Starting;
using AspireDeploy.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.Processes;

/// <summary>
/// Holds the data directories of the servers that run as processes until the run ends: that of a server's volume, or one that goes with
/// the run.
/// </summary>
internal sealed class ServerData(
    IConfiguration configuration,
    IHostEnvironment host,
    DistributedApplicationOptions options,
    DistributedApplicationModel model,
    RunningServers running
) : IHostedService, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, DataDirectory> _held = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, ThrowAwayWatcher> _watchers = new();
    private Task _sweep = Task.CompletedTask;

    /// <summary>Gets where programs are looked for, and what the developer has set for that.</summary>
    public ToolEnvironment Tools { get; } = ToolEnvironment.ForProcess(name => configuration[name]);

    /// <summary>
    /// Gets whether this run takes free ports, as under test or with <c>--isolated</c>, to stand beside another: it shares no data with
    /// it.
    /// </summary>
    public bool IsIsolated { get; } = IsolatedRun.IsIsolated(configuration);

    private string Project => Path.Combine(options.ProjectDirectory ?? host.ContentRootPath, host.ApplicationName + ".csproj");

    /// <summary>Takes the directory of a server, or returns it if this run has taken it before.</summary>
    /// <exception cref="DistributedApplicationException">Another run has it, or it can't be written.</exception>
    public DataDirectory Of(ServerProcess server) => _held.GetOrAdd(server.Name, _ => Take(server));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        running.Begun += Watch;
        // In the background: this run needs nothing of what others left.
        _sweep = Task.Run(SweepAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await running.EndAsync(CancellationToken.None).ConfigureAwait(false);
        await _sweep.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Here, as Aspire disposes of no service when a run ends.
        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _held.Keys)
        {
            if (_held.TryRemove(name, out var directory))
            {
                await directory.DisposeAsync().ConfigureAwait(false);
            }

            if (_watchers.TryRemove(name, out var watcher))
            {
                watcher.Dispose();
            }
        }
    }

    private void Watch(ServerProcess server, int processId)
    {
        if (_watchers.TryGetValue(server.Name, out var watcher))
        {
            watcher.Add(processId);
        }
    }

    private DataDirectory Take(ServerProcess server) =>
        server.Mount switch
        {
            null => TakeThrowAway(server),
            _ when IsIsolated => TakeThrowAway(server),
            { Type: ContainerMountType.BindMount, Source: { } source } => DataDirectory.OfBindMount(
                Path.GetFullPath(source, options.ProjectDirectory ?? host.ContentRootPath)
            ),
            { } volume => DataDirectory.OfVolume(
                Tools,
                DataHome.Volume(DataHome.Solution(Tools, host.ApplicationName, Project), volume.Source ?? server.Name)
            ),
        };

    private DataDirectory TakeThrowAway(ServerProcess server)
    {
        var directory = DataDirectory.ThrowAway(Tools, server.Program.Kind);
        if (ThrowAwayWatcher.Start(directory.Place, server.Program.CleanUp) is { } watcher)
        {
            _watchers[server.Name] = watcher;
        }

        return directory;
    }

    private async Task SweepAsync()
    {
        var programs = model.Resources.OfType<ServerProcess>().Select(server => server.Program).DistinctBy(program => program.Kind);
        foreach (var program in programs.ToList())
        {
            await ThrowAwayDirectories.SweepAsync(Tools, program, _stopping.Token).ConfigureAwait(false);
        }
    }
}
