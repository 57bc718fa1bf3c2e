using System.Diagnostics;

namespace AspireDeploy.ToolRestore;

/// <summary>Runs a program to its end, in silence unless it fails.</summary>
internal static class Command
{
    public static async Task RunAsync(string program, IEnumerable<string> arguments, string workingDirectory, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // What the surrounding build tells its own children would mislead a nested SDK.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        using var process = Start(start);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var text = (await errors).Trim() is { Length: > 0 } error ? error : (await output).Trim();
        if (process.ExitCode != 0)
            throw new RestoreException($"'{Path.GetFileName(program)} {string.Join(' ', arguments.Take(2))}' ended with exit code {process.ExitCode}: {Complaint.In(text)}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new RestoreException($"{start.FileName} could not be started: {failure.Message}");
        }
    }
}
