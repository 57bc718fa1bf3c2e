using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Tools;
using AspireDeploy.Engines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Dashboard;

/// <summary>The real dashboard, run as its resource declares it and fed by a <see cref="DashboardHost"/>; what DCP does in the host is done here by hand.</summary>
internal sealed class DashboardProcess : IAsyncDisposable
{
    private const string Instance = "aspire-dashboard-abcdefgh";
    private readonly Process _process;

    private DashboardProcess(DashboardHost host, DashboardAddresses addresses, Process process)
    {
        Host = host;
        Addresses = addresses;
        _process = process;
    }

    public DashboardHost Host { get; }

    public DashboardAddresses Addresses { get; }

    public string CommandLine => $"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)}";

    /// <summary>Starts it, or skips the test where the dashboard isn't on this machine.</summary>
    public static async Task<DashboardProcess> StartAsync(DashboardHost host)
    {
        var environment = ToolEnvironment.ForProcess();
        var search = DashboardLocator.Find(environment, ToolCache.In(environment));
        if (!search.IsFound)
        {
            Engine.Missing(search.Error);
        }

        var address = host.ResourceService.Start();
        var addresses = DashboardAddresses.From(host.Options);
        var resource = DashboardResource.Create(search.Tool!, addresses, host.Options, () => DashboardVariables.For(host.Options, addresses, address));
        var start = new ProcessStartInfo(resource.Command) { WorkingDirectory = resource.WorkingDirectory, RedirectStandardOutput = true, RedirectStandardError = true };
        search.Tool!.Arguments.ToList().ForEach(start.ArgumentList.Add);
        foreach (var (name, value) in DashboardVariables.For(host.Options, addresses, address))
        {
            start.Environment[name] = value;
        }

        host.Services.GetRequiredService<DashboardAnnouncement>().Begin(addresses, host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var log = host.Logs.GetLogger(Instance);
        process.OutputDataReceived += (_, e) => Write(log, e.Data, LogLevel.Information);
        process.ErrorDataReceived += (_, e) => Write(log, e.Data, LogLevel.Error);
        process.Exited += (_, _) => host.Notifications.PublishUpdateAsync(resource, Instance, s => s with { State = KnownResourceStates.Exited, ExitCode = process.ExitCode });
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await host.Notifications.PublishUpdateAsync(resource, Instance, s => s with { State = KnownResourceStates.Running });
        return new(host, addresses, process);
    }

    /// <summary>Ends it, as if it had crashed.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static void Write(ILogger log, string? line, LogLevel level)
    {
        if (line is not null)
        {
            log.Log(level, "{Line}", line);
        }
    }
}
