using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Backchannel;

/// <summary>Stops the application when the aspire command that has started it is gone, however it went.</summary>
internal sealed class OrphanWatch(IConfiguration configuration, IHostApplicationLifetime lifetime) : BackgroundService
{
    private const string Setting = "ASPIRE_CLI_PID";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!int.TryParse(configuration[Setting], CultureInfo.InvariantCulture, out var id))
        {
            return;
        }

        try
        {
            using var command = Process.GetProcessById(id);
            await command.WaitForExitAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }

        lifetime.StopApplication();
    }
}
