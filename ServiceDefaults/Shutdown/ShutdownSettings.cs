using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.ServiceDefaults.Shutdown;

/// <summary>How long a stop may take.</summary>
/// <param name="Timeout">How long requests in flight, or a worker's last step, get to finish. <c>Shutdown:TimeoutSeconds</c>, 30 by
/// default.</param>
/// <param name="Drain">
/// How long a server goes on accepting after it has turned unhealthy, so that load balancers stop sending before it stops listening.
/// <c>Shutdown:DrainSeconds</c>; by default 0 in Development, where one press of Ctrl+C should be quick, and 3 elsewhere.
/// </param>
public sealed record ShutdownSettings(TimeSpan Timeout, TimeSpan Drain)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">A value isn't a number of seconds from 0 to 3600.</exception>
    public static ShutdownSettings From(IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new(
            Seconds(configuration, "Shutdown:TimeoutSeconds", 30),
            Seconds(configuration, "Shutdown:DrainSeconds", environment.IsDevelopment() ? 0 : 3)
        );
    }

    private static TimeSpan Seconds(IConfiguration configuration, string key, double byDefault)
    {
        var given = configuration[key];
        if (string.IsNullOrWhiteSpace(given))
            return TimeSpan.FromSeconds(byDefault);
        return double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 3600
            ? TimeSpan.FromSeconds(seconds)
            : throw new SettingException($"{key} is '{given}'; it takes a number of seconds from 0 to 3600.");
    }
}
