using System.Diagnostics;
using Aspire.Hosting;

namespace AspireDeploy.Deploying;

/// <summary>Runs programs on this machine.</summary>
internal sealed class Commands : ICommands
{
    public async Task<int> RunAsync(
        IReadOnlyList<string> command,
        string directory,
        Action<string, bool>? output,
        CancellationToken cancellationToken
    )
    {
        var redirected = output is not null;
        using var process = new Process
        {
            StartInfo = new(command[0], command.Skip(1))
            {
                WorkingDirectory = directory,
                RedirectStandardInput = redirected,
                RedirectStandardOutput = redirected,
                RedirectStandardError = redirected,
            },
        };
        process.OutputDataReceived += (_, line) => Tell(line.Data, false);
        process.ErrorDataReceived += (_, line) => Tell(line.Data, true);
        Start(process);
        if (redirected)
        {
            process.StandardInput.Close();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return process.ExitCode;

        void Tell(string? line, bool isError)
        {
            if (!string.IsNullOrWhiteSpace(line))
                output!(line, isError);
        }
    }

    public async Task<T> ReadAsync<T>(
        IReadOnlyList<string> command,
        Func<Stream, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        using var process = new Process
        {
            StartInfo = new(command[0], command.Skip(1))
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        Start(process);
        process.StandardInput.Close();
        var complaint = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            var value = await read(process.StandardOutput.BaseStream, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? value
                : throw new DistributedApplicationException($"{string.Join(' ', command)} failed: {(await complaint).Trim()}");
        }
        catch when (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new DistributedApplicationException(
                $"{process.StartInfo.FileName} can't be started: {missing.Message}. Is it installed and on the PATH?",
                missing
            );
        }
    }
}
