using System.Diagnostics;
using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

/// <summary>Describes what a program said, and how it ended.</summary>
/// <param name="ExitCode">0 when well.</param>
/// <param name="Output">Everything that it wrote.</param>
internal sealed record CommandOutcome(int ExitCode, string Output);

/// <summary>Runs programs on the machine of an engine of the test's own, without a terminal.</summary>
internal static class EngineCommand
{
    /// <summary>Runs one to its end.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="directory">Where it runs.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="environment">What it has in its environment beside what names the engine; it wins.</param>
    internal static async Task<CommandOutcome> RunAsync(
        DockerEngine engine,
        string directory,
        string[] command,
        params (string Name, string Value)[] environment
    )
    {
        command = engine.There(command);
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in engine.Environment)
            start.Environment[name] = value;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output + await errors);
    }
}
