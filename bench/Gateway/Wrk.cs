using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AspireDeploy.Bench.Gateway;

/// <summary>Describes what one turn of wrk found.</summary>
/// <param name="Answers">Requests answered.</param>
/// <param name="PerSecond">Requests answered a second.</param>
/// <param name="Half">The median time of an answer, in milliseconds.</param>
/// <param name="Slow">The time that 99 of 100 answers took at most, in milliseconds.</param>
internal readonly record struct Turn(double Answers, double PerSecond, double Half, double Slow);

/// <summary>Makes the load.</summary>
internal sealed partial class Wrk(string program, Settings settings)
{
    /// <exception cref="InvalidOperationException">Requests failed.</exception>
    internal async Task<Turn> AskAsync(Uri address)
    {
        string[] arguments = ["-t2", $"-c{settings.Connections}", $"-d{settings.Seconds}s", "--latency", address.ToString()];
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (said.Contains("Non-2xx", StringComparison.Ordinal) || said.Contains("Socket errors", StringComparison.Ordinal))
            throw new InvalidOperationException($"{address}: {said}");
        return new(
            Number(Count().Match(said)),
            Number(Rate().Match(said)),
            Milliseconds(Half().Match(said)),
            Milliseconds(Most().Match(said))
        );
    }

    private static double Number(Match match) => double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    private static double Milliseconds(Match match) =>
        Number(match)
        * match.Groups[2].Value switch
        {
            "us" => 0.001,
            "ms" => 1,
            _ => 1000,
        };

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Count();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"50%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Half();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Most();
}
