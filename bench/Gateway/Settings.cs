using System.Globalization;

namespace AspireDeploy.Bench.Gateway;

/// <summary>Describes how much is measured.</summary>
/// <param name="Rounds">How often each proxy has its turn.</param>
/// <param name="Seconds">How long a turn is.</param>
/// <param name="Connections">How many connections ask at once.</param>
internal sealed record Settings(int Rounds, int Seconds, int Connections)
{
    internal const string Usage = "usage: dotnet run -c Release --project bench/Gateway [-- ROUNDS SECONDS CONNECTIONS]   (7 3 64)";

    internal static Settings? Parse(string[] args)
    {
        int[] values = [7, 3, 64];
        if (args.Length > values.Length)
            return null;
        for (var i = 0; i < args.Length; i++)
        {
            if (!int.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out values[i]) || values[i] < 1)
                return null;
        }

        return new(values[0], values[1], values[2]);
    }
}
