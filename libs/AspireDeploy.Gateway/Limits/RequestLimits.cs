using System.Globalization;
using AspireDeploy.ServiceDefaults;

namespace AspireDeploy.Gateway.Limits;

/// <summary>Describes what clients may cost.</summary>
/// <param name="HeaderBytes">All of a request's headers together. <c>HeaderBytes</c>, 32 KiB by default.</param>
/// <param name="BodyBytes">A request's body. <c>BodyBytes</c>, 30 MiB by default.</param>
/// <param name="Header">How long a client may take to send the headers. <c>HeaderSeconds</c>, 10 by default.</param>
/// <param name="Answer">How long a replica may be silent, before and during its answer. <c>AnswerSeconds</c>, 100 by default.</param>
/// <param name="Hold">How long a request waits for a replica to come while there is none. <c>HoldSeconds</c>, 10 by default.</param>
/// <param name="Connections">How many connections there may be at a time. <c>Connections</c>, 10000 by default.</param>
/// <param name="Streams">How many requests at a time on one HTTP/2 connection. <c>Streams</c>, 100 by default.</param>
internal sealed record RequestLimits(
    int HeaderBytes,
    long BodyBytes,
    TimeSpan Header,
    TimeSpan Answer,
    TimeSpan Hold,
    long Connections,
    int Streams
)
{
    internal static RequestLimits From(IConfigurationSection section) =>
        new(
            (int)Number(section, "HeaderBytes", 32 << 10, 1 << 10, 1 << 20),
            (long)Number(section, "BodyBytes", 30 << 20, 0, 1L << 40),
            Seconds(section, "HeaderSeconds", 10),
            Seconds(section, "AnswerSeconds", 100),
            Seconds(section, "HoldSeconds", 10),
            (long)Number(section, "Connections", 10_000, 1, 1 << 20),
            (int)Number(section, "Streams", 100, 1, 1 << 16)
        );

    private static TimeSpan Seconds(IConfigurationSection section, string key, double byDefault) =>
        TimeSpan.FromSeconds(Number(section, key, byDefault, 0.1, 3600));

    private static double Number(IConfigurationSection section, string key, double byDefault, double least, double most)
    {
        var given = section[key];
        if (string.IsNullOrWhiteSpace(given))
            return byDefault;
        return double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new SettingException(
                string.Create(CultureInfo.InvariantCulture, $"{section.Path}:{key} is '{given}'; it takes a number from {least} to {most}.")
            );
    }
}
