using System.Net.Sockets;
using AspireDeploy.ServiceDefaults.Health;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.ServiceDefaults;

/// <summary>Runs a long-lived process of the solution from its <c>Main</c>.</summary>
public static class Service
{
    /// <summary>
    /// Answers the verb <c>healthcheck</c> before anything is built; otherwise builds the host and runs it until it is told to stop.
    /// A person's mistake (a wrong setting, a taken port) ends in one line on standard error.
    /// </summary>
    /// <param name="args">The command line.</param>
    /// <param name="build">Builds the host from the command line.</param>
    /// <returns>0 after an orderly stop; 1 when the address can't be listened on; <see cref="SettingException.ExitCode"/> when wrongly
    /// configured.</returns>
    public static Task<int> RunAsync(string[] args, Func<string[], IHost> build)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(build);
        return args is [HealthcheckVerb.Name, .. var rest] ? HealthcheckVerb.RunAsync(rest) : RunHostAsync(args, build);
    }

    private static async Task<int> RunHostAsync(string[] args, Func<string[], IHost> build)
    {
        try
        {
            using var host = build(args);
            await host.RunAsync();
            return 0;
        }
        catch (SettingException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return SettingException.ExitCode;
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException or SocketException)
        {
            await Console.Error.WriteLineAsync($"{taken.Message} Set ASPNETCORE_URLS or ASPNETCORE_HTTP_PORTS to a free address.");
            return 1;
        }
    }
}
