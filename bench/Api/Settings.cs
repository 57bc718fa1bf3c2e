using System.Globalization;

namespace AspireDeploy.Bench.Api;

/// <summary>Describes how the benchmark is run.</summary>
/// <param name="Rounds">How often every server has its turn.</param>
/// <param name="Seconds">How long a turn takes.</param>
/// <param name="Connections">How many connections ask at once, each one request after the other.</param>
internal sealed record Settings(int Rounds, double Seconds, int Connections)
{
    internal const string Usage = """
        usage: dotnet run -c Release --project bench/Api -- [--rounds 15] [--seconds 1] [--connections 32]
        """;

    /// <summary>Reads the command line.</summary>
    /// <returns>The settings, or null when the command line isn't one.</returns>
    internal static Settings? Parse(string[] args)
    {
        var settings = new Settings(15, 1, 32);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (
                i + 1 == args.Length
                || !double.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var value)
                || value is not (> 0 and <= 1000)
            )
                return null;
            switch (args[i])
            {
                case "--rounds":
                    settings = settings with { Rounds = (int)Math.Ceiling(value) };
                    break;
                case "--seconds":
                    settings = settings with { Seconds = value };
                    break;
                case "--connections":
                    settings = settings with { Connections = (int)Math.Ceiling(value) };
                    break;
                default:
                    return null;
            }
        }
        return settings;
    }
}
