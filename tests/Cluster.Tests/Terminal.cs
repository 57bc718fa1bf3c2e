using System.Diagnostics;

namespace AspireDeploy.ClusterTests;

/// <summary>Describes how a command ended, and what it said.</summary>
/// <param name="Code">0 when well.</param>
/// <param name="Output">What it wrote to its standard output, without the last line break.</param>
/// <param name="Errors">What it wrote to its standard error.</param>
internal sealed record Outcome(int Code, string Output, string Errors);

/// <summary>Programs of this machine. Every command is told before it runs, and after it what it said.</summary>
internal static class Terminal
{
    /// <summary>Says something where the test's output is read.</summary>
    internal static void Say(string text) => TestContext.Current.TestOutputHelper!.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {text}");

    /// <summary>Runs a program that ends well.</summary>
    /// <returns>What it wrote to its standard output, without the last line break.</returns>
    internal static async Task<string> RunAsync(params string[] command)
    {
        var outcome = await TryAsync(Environment.CurrentDirectory, command);
        Assert.True(outcome.Code == 0, $"{string.Join(' ', command)} ended with {outcome.Code}: {outcome.Errors}");
        return outcome.Output;
    }

    /// <summary>Runs a program that may fail.</summary>
    internal static async Task<Outcome> TryAsync(string directory, params string[] command)
    {
        Say($"$ {string.Join(' ', command)}");
        using var process = Process.Start(
            new ProcessStartInfo(command[0], command[1..])
            {
                WorkingDirectory = directory,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.StandardInput.Close();
        var (output, errors) = (ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await errors);
    }

    private static async Task<string> ReadAsync(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            Say($"  {line}");
            lines.Add(line);
        }
        return string.Join('\n', lines);
    }
}
