using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Aspire.Hosting;

namespace AspireDeploy.Tools;

/// <summary>Runs a program that ends by itself.</summary>
internal static class OneShot
{
    /// <summary>Tells what a program said and how it ended.</summary>
    public sealed record Outcome(int ExitCode, string Output, string Errors)
    {
        /// <summary>Gets the line that says what went wrong, for a message of one line.</summary>
        public string Complaint =>
            (Errors + "\n" + Output)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .FirstOrDefault(line =>
                    line.Contains("error", StringComparison.OrdinalIgnoreCase) || line.Contains("FATAL", StringComparison.Ordinal)
                )
            ?? $"exit code {ExitCode}";
    }

    /// <summary>Runs <paramref name="command"/> to its end, with <paramref name="input"/> as what it reads.</summary>
    /// <exception cref="DistributedApplicationException">It cannot be started.</exception>
    public static async Task<Outcome> RunAsync(ProcessCommand command, string input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command.ExecutablePath, command.Arguments)
        {
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            UseShellExecute = false,
        };
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Start(start);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
            return new(process.ExitCode, await output, await errors);
        }
        catch (IOException) when (process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            // It ended without reading what it was given.
            return new(process.ExitCode, "", await process.StandardError.ReadToEndAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new DistributedApplicationException($"{start.FileName} could not be started: {failure.Message}.", failure);
        }
    }
}
